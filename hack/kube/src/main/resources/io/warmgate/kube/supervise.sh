# Runs "$@" for as long as standard input stays open. The JVM that starts this holds the other end
# of that pipe, so that the program ends with it, however it ends: also by SIGKILL, on any Unix.
# $1 is a folder to remove afterwards, or empty.
scratch=$1
shift
exec 3<&0 </dev/null
"$@" 3<&- &
child=$!
trap 'kill -TERM "$child" 2>/dev/null' TERM INT
(
  trap - TERM INT
  while read -r _ <&3; do :; done
  trap '' TERM INT # from here to the end, also when the program ends first
  kill -TERM "$child" 2>/dev/null
  i=0
  while kill -0 "$child" 2>/dev/null && [ "$i" -lt 50 ]; do
    i=$((i + 1))
    sleep 0.1
  done
  kill -KILL "$child" 2>/dev/null
  [ -z "$scratch" ] || rm -rf "$scratch"
) &
watch=$!
exec 3<&-
wait "$child"
status=$?
# A trapped signal ends the first wait early; the second one is for the child itself.
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  status=$?
done
kill -TERM "$watch" 2>/dev/null
exit "$status"
