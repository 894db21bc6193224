package io.warmgate.operator.reconcile;

import io.warmgate.config.CacheRule;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.operator.snapshot.MintedRevision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which rules are cached in another way than before. */
final class RuleChanges {
  private Map<Name, Optional<CacheRule>> known = Map.of();
  private long revision;

  record Name(String route, String rule) {}

  /** Those of this configuration that were in the one before, and were cached otherwise. */
  List<Name> next(MintedRevision current) {
    if (current.number() == revision) {
      return List.of();
    }
    Map<Name, Optional<CacheRule>> now = new HashMap<>();
    List<Name> changed = new ArrayList<>();
    for (Route route : current.config().routes()) {
      for (Rule rule : route.rules()) {
        Name name = new Name(route.id(), rule.id());
        Optional<CacheRule> cache = Optional.ofNullable(rule.cache());
        now.put(name, cache);
        if (known.containsKey(name) && !cache.equals(known.get(name))) {
          changed.add(name);
        }
      }
    }
    known = now;
    revision = current.number();
    return changed;
  }
}
