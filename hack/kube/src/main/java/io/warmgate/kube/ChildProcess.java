package io.warmgate.kube;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that never outlives this JVM: a small shell (supervise.sh) runs it for as long as the
 * pipe from here stays open, and a JVM that is killed closes its pipes too.
 */
final class ChildProcess implements AutoCloseable {
  private static final int LOG_LINES_SHOWN = 15;

  private final String name;
  private final Process supervisor;
  private final Path log;

  private ChildProcess(String name, Process supervisor, Path log) {
    this.name = name;
    this.supervisor = supervisor;
    this.log = log;
  }

  /** Starts a program whose output goes to {@code folder/<program>.log}. */
  static ChildProcess start(Path folder, List<String> command) {
    return start(folder, command, null);
  }

  /** The same; the folder is removed with the program if this JVM is killed. */
  static ChildProcess startOwning(Path folder, List<String> command) {
    return start(folder, command, folder);
  }

  private static ChildProcess start(Path folder, List<String> command, @Nullable Path scratch) {
    String name = Path.of(command.getFirst()).getFileName().toString();
    Path log = folder.resolve(name + ".log");
    List<String> supervised = new ArrayList<>(List.of("/bin/sh", "-c", script(), "supervise"));
    supervised.add(scratch == null ? "" : scratch.toString());
    supervised.addAll(command);
    try {
      Process supervisor =
          new ProcessBuilder(supervised)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new ChildProcess(name, supervisor, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.getFirst(), e);
    }
  }

  private static String script() {
    try (InputStream script =
        Objects.requireNonNull(ChildProcess.class.getResourceAsStream("supervise.sh"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shell's process id; the program is its child. */
  long pid() {
    return supervisor.pid();
  }

  boolean isAlive() {
    return supervisor.isAlive();
  }

  /** The end of what the program wrote, for an error message. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return name
          + ":\n"
          + String.join(
              "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return name + ": no log (" + e.getMessage() + ")";
    }
  }

  /** Ends the program: asks first, then forces. */
  @Override
  public void close() {
    supervisor.destroy();
    try {
      if (!supervisor.waitFor(10, TimeUnit.SECONDS)) {
        supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
        supervisor.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
      supervisor.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
