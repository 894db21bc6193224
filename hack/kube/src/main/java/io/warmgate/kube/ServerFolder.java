package io.warmgate.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one server: certificates, keys, data and logs.
 *
 * @param path where it is
 * @param temporary whether it goes with the server
 */
record ServerFolder(Path path, boolean temporary) implements AutoCloseable {
  static ServerFolder fresh() throws IOException {
    return new ServerFolder(Files.createTempDirectory("warmgate-kube"), true);
  }

  static ServerFolder kept(Path path) throws IOException {
    return new ServerFolder(Files.createDirectories(path).toAbsolutePath(), false);
  }

  ChildProcess run(List<String> command) {
    return ChildProcess.start(path, command);
  }

  /** Runs the program that the folder's data belong to. */
  ChildProcess runOwner(List<String> command) {
    return temporary ? ChildProcess.startOwning(path, command) : ChildProcess.start(path, command);
  }

  Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
