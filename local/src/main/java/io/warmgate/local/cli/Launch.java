package io.warmgate.local.cli;

import io.warmgate.local.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * How the script {@code warmgate} started this process: with the system properties {@code
 * warmgate.root} (the tree), {@code warmgate.begun} (epoch milliseconds), {@code warmgate.columns}
 * (of the terminal; absent when there is none) and {@code warmgate.detached} (a file that is
 * written when the script may go).
 */
record Launch(
    Path repository,
    Path javaHome,
    String path,
    Instant begun,
    Optional<Integer> columns,
    Optional<Path> detached) {

  static Launch ofThisProcess() {
    return new Launch(
        Path.of(System.getProperty("warmgate.root", "")).toAbsolutePath(),
        Path.of(System.getProperty("java.home")),
        Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin"),
        Optional.ofNullable(System.getProperty("warmgate.begun"))
            .map(Long::parseLong)
            .map(Instant::ofEpochMilli)
            .orElseGet(Instant::now),
        Optional.ofNullable(System.getProperty("warmgate.columns")).map(Integer::parseInt),
        Optional.ofNullable(System.getProperty("warmgate.detached")).map(Path::of));
  }

  Progress progress(InstantSource clock) {
    return columns.isPresent()
        ? new TerminalProgress(System.out, clock, columns.get())
        : new PlainProgress(System.out, clock);
  }

  /** Tells the script that all is ready, and lets go of its terminal. */
  void detach() throws IOException {
    System.out.flush();
    if (detached.isPresent()) {
      Files.write(detached.get(), "0\n".getBytes(StandardCharsets.US_ASCII));
      // The JDK puts /dev/null in the place of a standard stream that is closed.
      new FileOutputStream(FileDescriptor.out).close();
      new FileOutputStream(FileDescriptor.err).close();
    }
  }
}
