package io.warmgate.local.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.local.Arrival;
import io.warmgate.local.Progress;
import io.warmgate.local.manifest.FileWatch;
import io.warmgate.local.manifest.ManifestException;
import io.warmgate.local.manifest.ManifestFiles;
import io.warmgate.local.manifest.ManifestSync;
import io.warmgate.local.resource.Inventory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of {@code -f}: applied, waited for, then watched. */
final class ManifestRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final KubernetesClient client;
  private final List<Path> given;
  private final ManifestFiles files;
  private final ManifestSync sync;
  private final Progress progress;
  private @Nullable FileWatch watch;

  ManifestRun(KubernetesClient client, List<Path> given, Progress progress) {
    this.client = client;
    this.given = given;
    this.files = new ManifestFiles(given);
    this.sync = new ManifestSync(client);
    this.progress = progress;
  }

  /** Applies the files and waits until the operator and every resource are ready. */
  void begin() throws ManifestException, Failure, InterruptedException {
    progress.begin("manifests");
    sync.sync(files.read());
    progress.done("manifests");
    progress.begin("resources");
    var arrival = new Arrival();
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      Arrival.Outcome outcome = arrival.look(waitedFor(), Instant.now());
      switch (outcome) {
        case Arrival.Outcome.AllReady() -> {
          progress.done("resources");
          return;
        }
        case Arrival.Outcome.Refused(String resource, var why) ->
            throw new Failure(
                "%s is not accepted: %s=False, %s: %s"
                    .formatted(resource, why.condition(), why.reason(), why.message()));
        case Arrival.Outcome.Waiting(String on) -> {
          if (Instant.now().isAfter(end)) {
            throw new Failure("not ready after %s: %s".formatted(Seconds.of(PATIENCE), on));
          }
          progress.waiting("resources", on);
        }
      }
      Thread.sleep(LOOK);
    }
  }

  private List<io.fabric8.kubernetes.api.model.GenericKubernetesResource> waitedFor() {
    var all = new ArrayList<>(sync.current());
    all.addAll(new Inventory(client).operator());
    return all;
  }

  /** From now on a change of the files is applied; a wrong one changes nothing and is told. */
  void watch() throws IOException {
    if (!given.isEmpty()) {
      watch = new FileWatch(given, this::changed);
    }
  }

  private void changed() {
    try {
      sync.sync(files.read()).forEach(progress::note);
    } catch (ManifestException wrong) {
      progress.note("error: " + wrong.getMessage());
    } catch (RuntimeException failed) {
      progress.note("error: the files could not be applied: " + failed.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    if (watch != null) {
      watch.close();
    }
  }
}
