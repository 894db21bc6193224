package io.warmgate.server.traffic;

import io.warmgate.config.BackendRef;
import io.warmgate.config.Rule;
import io.warmgate.config.admin.ReleaseTraffic;
import io.warmgate.config.admin.RuleTraffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what one rule is asked, by the release that answers. */
public final class RuleCounters {
  private final String route;
  private final String rule;
  private final LongAdder own = new LongAdder();
  private volatile List<ReleaseCounters> releases = List.of();

  RuleCounters(String route, String rule) {
    this.route = route;
    this.rule = rule;
  }

  /** The gateway answers a request before it chose a backend. */
  public void own() {
    own.increment();
  }

  /** Those of a release; null where the configuration does not name it any more. */
  public @Nullable ReleaseCounters release(String generation) {
    for (ReleaseCounters each : releases) {
      if (each.is(generation)) {
        return each;
      }
    }
    return null;
  }

  /** Counts for the rule's generations too. */
  synchronized void add(Rule configured, long uptimeMillis) {
    List<ReleaseCounters> more = new ArrayList<>(releases);
    for (BackendRef backend : configured.backends()) {
      if (more.stream().noneMatch(known -> known.is(backend.generation()))) {
        more.add(new ReleaseCounters(backend.generation(), uptimeMillis));
      }
    }
    releases = List.copyOf(more);
  }

  /** Counts for these generations alone. */
  synchronized void keep(Set<String> generations) {
    releases = releases.stream().filter(known -> generations.stream().anyMatch(known::is)).toList();
  }

  RuleTraffic read() {
    List<ReleaseTraffic> read =
        releases.stream()
            .map(ReleaseCounters::read)
            .filter(release -> release.clients().requests() > 0 || release.origin().exchanges() > 0)
            .toList();
    return new RuleTraffic(route, rule, own.sum(), read);
  }
}
