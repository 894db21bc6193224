package io.warmgate.local.manifest;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Says when files given on the command line may have changed. It watches folders, so that an editor
 * that replaces a file is noticed; a burst of changes is told once, when it is over.
 */
public final class FileWatch implements AutoCloseable {
  private static final long QUIET_MILLIS = 100;

  private final WatchService watch = FileSystems.getDefault().newWatchService();
  private final List<Path> given;
  private final Runnable changed;

  public FileWatch(List<Path> given, Runnable changed) throws IOException {
    this.given = List.copyOf(given);
    this.changed = changed;
    register();
    Thread.ofVirtual().name("manifest watch").start(this::run);
  }

  private void register() throws IOException {
    for (Path path : given) {
      if (!Files.isDirectory(path)) {
        folder(path.toAbsolutePath().resolve("..").normalize());
        continue;
      }
      try (Stream<Path> below = Files.walk(path)) {
        for (Path folder : below.filter(Files::isDirectory).toList()) {
          folder(folder);
        }
      }
    }
  }

  private void folder(Path folder) throws IOException {
    folder.register(
        watch,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
  }

  private void run() {
    try {
      while (true) {
        WatchKey key = watch.take();
        while (key != null) {
          key.pollEvents();
          key.reset();
          key = watch.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
        register(); // folders that are new; the others are known already
        changed.run();
      }
    } catch (InterruptedException | ClosedWatchServiceException closed) {
      // nobody listens any more
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException("the files are no longer watched", failed);
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
