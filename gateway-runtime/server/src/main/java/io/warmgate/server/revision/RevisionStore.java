package io.warmgate.server.revision;

import io.warmgate.config.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revisions that a pod is started with: those of the mounted ConfigMaps {@code current} and
 * {@code acknowledged}. They are read once; later changes come as pushes.
 */
public final class RevisionStore {
  private static final Logger log = LoggerFactory.getLogger(RevisionStore.class);

  private final List<Path> directories;

  /**
   * @param directories in the order in which their revisions are tried
   */
  public RevisionStore(Path... directories) {
    this.directories = List.of(directories);
  }

  /** What lies there; what is missing or no revision at all is left out, and logged. */
  public List<Revision> read() {
    List<Revision> revisions = new ArrayList<>();
    for (Path directory : directories) {
      Path file = directory.resolve(Revision.FILE);
      try {
        revisions.add(Revision.parse(Files.readAllBytes(file)));
      } catch (NoSuchFileException e) {
        log.info("no revision in {}", directory);
      } catch (IOException | IllegalArgumentException e) {
        log.error("no revision can be read from {}: {}", file, e.toString());
      }
    }
    return List.copyOf(revisions);
  }
}
