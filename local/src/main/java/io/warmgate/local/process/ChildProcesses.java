package io.warmgate.local.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts processes and sees to their end. A small shell beside them, the watchdog, hears of every
 * start and end through a pipe; when the pipe closes, for whatever reason this process is gone, it
 * kills what is left. The shell ignores the terminal's signals, which reach the whole group.
 */
public final class ChildProcesses implements AutoCloseable {
  private static final String WATCHDOG =
      """
      trap '' INT TERM HUP
      pids=
      while read -r change pid; do
        case $change in
        +) pids="$pids $pid" ;;
        -) left=
           for p in $pids; do [ "$p" = "$pid" ] || left="$left $p"; done
           pids=$left ;;
        esac
      done
      for p in $pids; do kill -9 "$p" 2>/dev/null; done
      """;

  private final Map<Long, ProcessHandle> running = new ConcurrentHashMap<>();
  private final BufferedWriter watchdog;

  public ChildProcesses() throws IOException {
    watchdog =
        new ProcessBuilder("sh", "-c", WATCHDOG)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start()
            .outputWriter();
  }

  /** Starts a process that ends with this one at the latest. */
  public Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    adopt(process.toHandle());
    return process;
  }

  /** Takes over a process that somebody else started. */
  public void adopt(ProcessHandle process) {
    running.put(process.pid(), process);
    tell("+ " + process.pid());
    var _ =
        process
            .onExit()
            .thenRun(
                () -> {
                  running.remove(process.pid());
                  tell("- " + process.pid());
                });
  }

  private synchronized void tell(String line) {
    try {
      watchdog.write(line);
      watchdog.newLine();
      watchdog.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException("the watchdog is gone", gone);
    }
  }

  /** Kills what still runs and lets the watchdog go. */
  @Override
  public void close() throws IOException {
    running.values().forEach(ProcessHandle::destroyForcibly);
    synchronized (this) {
      watchdog.close();
    }
  }
}
