package io.warmgate.server.cache;

import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.SearchIndex;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.purge.Subject;
import io.warmgate.server.cache.log.Purges;
import io.warmgate.server.cache.log.Selected;
import io.warmgate.server.cache.store.LocalStore;
import io.warmgate.server.cache.store.LocalStore.Held;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Counts the entries in this pod's memory that a purge would take. It looks at each of them, so it
 * is never for an event loop.
 */
final class LocalCount {
  private final LocalStore local;
  private final Purges purges;

  LocalCount(LocalStore local, Purges purges) {
    this.local = local;
    this.purges = purges;
  }

  /** Those that an earlier purge took are not counted, though they may still be there. */
  PurgeCount of(PurgeRequest request) {
    Selected selected = new Selected(request);
    PriorityQueue<Long> smallest = new PriorityQueue<>((a, b) -> Long.compareUnsigned(b, a));
    long matched = 0;
    for (Map.Entry<CacheKey, Held> each : local.all()) {
      if (counts(selected, each.getKey(), each.getValue())) {
        matched++;
        smallest.add(each.getKey().id());
        if (smallest.size() > PurgeCount.KEPT) {
          smallest.remove();
        }
      }
    }
    return new PurgeCount(matched, smallest.stream().sorted(Long::compareUnsigned).toList());
  }

  private boolean counts(Selected selected, CacheKey key, Held held) {
    return switch (held.slot()) {
      case StoredResponse entry -> counts(selected, key, held, entry.provenance());
      case PartialResponse entry -> counts(selected, key.ofWhole(), held, entry.provenance());
      case VariantIndex _, SearchIndex _ -> false;
    };
  }

  private boolean counts(Selected selected, CacheKey key, Held held, Provenance entry) {
    Target target = key.target();
    Subject subject = new Subject(target.host(), target.path(), entry.tags(), held.primary(), key);
    return selected.test(subject) && !(purges.local(held.sent(), subject) instanceof Standing.Gone);
  }
}
