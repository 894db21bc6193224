package io.warmgate.local;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.warmgate.local.resource.ResourceTable;
import io.warmgate.local.resource.Standing;
import io.warmgate.local.resource.Standings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides, look after look, whether all resources are there. A refusal counts when it has stood for
 * a while: a route may be judged before the Service that it names was applied.
 */
public final class Arrival {
  private static final Duration SETTLED = Duration.ofSeconds(3);

  private final Map<String, Instant> refusedSince = new HashMap<>();

  /** What one look finds. */
  public sealed interface Outcome {

    /** Everything is ready. */
    record AllReady() implements Outcome {}

    /** These are not yet, and what for. */
    record Waiting(String on) implements Outcome {}

    /** One is refused for good. */
    record Refused(String resource, Standing.Rejected why) implements Outcome {}
  }

  /** Looks at the resources as they are now. */
  public Outcome look(List<GenericKubernetesResource> resources, Instant now) {
    var waiting = new ArrayList<String>();
    for (GenericKubernetesResource resource : resources) {
      String name = ResourceTable.name(resource);
      Standing standing = Standings.of(resource);
      if (!(standing instanceof Standing.Rejected)) {
        refusedSince.remove(name);
      }
      switch (standing) {
        case Standing.Ready _ -> {}
        case Standing.Waiting(String missing) -> waiting.add(name + " (" + missing + ")");
        case Standing.Rejected why -> {
          if (settled(name, now)) {
            return new Outcome.Refused(name, why);
          }
          waiting.add(name + " (" + why.reason() + ")");
        }
      }
    }
    return waiting.isEmpty()
        ? new Outcome.AllReady()
        : new Outcome.Waiting(waiting.stream().sorted().collect(Collectors.joining(", ")));
  }

  private boolean settled(String name, Instant now) {
    Instant since = Optional.ofNullable(refusedSince.putIfAbsent(name, now)).orElse(now);
    return !since.plus(SETTLED).isAfter(now);
  }
}
