# What a benchmark needs before it can start: sourced, with $root (of the checkout) set.
missing=()
need() { command -v "$1" >/dev/null || missing+=("$1 (package $2)"); }
need_all() {
  if [ ${#missing[@]} -gt 0 ]; then
    printf 'missing: %s\n' "${missing[@]}" >&2
    exit 3
  fi
}

older() { # what is built, and what it is made of
  [ ! -f "$1" ] || [ -n "$(find "${@:2}" \( -name target -o -name test \) -prune -o -type f -newer "$1" -print -quit)" ]
}
build_gateway() {
  WARMGATE_JAVA=$("$root/hack/java-home")/bin/java
  export WARMGATE_JAVA
  if older "$root/gateway-runtime/server/target/warmgate.classpath" "$root/pom.xml" "$root/gateway-runtime"; then
    (cd "$root" && mvn -q -B -DskipTests -pl gateway-runtime/server -am package)
  fi
}
build_bench() { # the folder of a module beside it
  if older "$1/target/classpath" "$1/pom.xml" "$1/src"; then
    (cd "$1" && mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=target/classpath)
  fi
}
