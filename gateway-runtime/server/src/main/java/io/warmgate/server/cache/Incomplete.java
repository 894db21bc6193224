package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.rule.Combining;
import io.warmgate.httpcache.rule.Storage;
import io.warmgate.server.cache.Layers.Place;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.cache.log.Purges;
import io.warmgate.server.cache.store.LocalStore;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.SharedStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Incomplete entries in both layers, hidden by purges as whole ones are. Parts are combined in
 * memory; Redis gets copies, of which a later one takes the place of an earlier.
 *
 * @param store null: there is no Redis
 */
record Incomplete(LocalStore local, Purges purges, @Nullable SharedStore store) {
  /** A copy of what is in Redis is worth its place for so long beyond what its fields say. */
  private static final long EXTRA_MILLIS = 60_000;

  /**
   * Whose parts.
   *
   * @param primary the key that requests are looked up by first
   * @param whole the key that the whole is found under
   */
  record At(CacheKey primary, CacheKey whole, Place place) {
    CacheKey key() {
      return whole.ofParts();
    }
  }

  /** Most bytes of one entry that are kept. */
  long largest() {
    return local.largestBody();
  }

  /** Looks in this pod's memory; null: nothing that may be used. */
  @Nullable PartialResponse local(At at) {
    CacheKey key = at.key();
    Held held = local.get(key);
    if (held == null || !(held.slot() instanceof PartialResponse entry)) {
      return null;
    }
    Standing standing = standing(at, held, entry);
    if (standing instanceof Standing.Gone) {
      local.remove(key, held);
    }
    return standing(entry, standing);
  }

  private Standing standing(At at, Held held, PartialResponse entry) {
    return purges.local(
        held.sent(), at.place().subject(entry.provenance().tags(), held.primary(), at.whole()));
  }

  private static @Nullable PartialResponse standing(PartialResponse entry, Standing standing) {
    return switch (standing) {
      case Standing.Untouched() -> entry;
      case Standing.Stale(long since) -> entry.staleSince(since);
      case Standing.Gone() -> null;
    };
  }

  /**
   * Looks in Redis, and keeps a copy where memory has nothing.
   *
   * @param fence taken before
   * @return null: nothing that may be used; fails where Redis is away
   */
  Future<@Nullable PartialResponse> shared(At at, Fence fence) {
    String epoch = fence.epoch();
    if (store == null || epoch == null) {
      return Future.succeededFuture(null);
    }
    CacheKey key = at.key();
    return store
        .get(epoch, key)
        .map(
            slot -> slot instanceof PartialResponse entry ? copied(at, entry, fence, epoch) : null);
  }

  private @Nullable PartialResponse copied(
      At at, PartialResponse entry, Fence fence, String epoch) {
    Provenance from = entry.provenance();
    PartialResponse usable =
        standing(
            entry,
            purges.logged(
                epoch, from.position(), at.place().subject(from.tags(), at.primary(), at.whole())));
    if (usable != null && usable.storedBytes() <= largest()) {
      long retention =
          Storage.retention(
              usable.fields(),
              usable.validity(),
              CachingPolicy.DEFAULT,
              System.currentTimeMillis());
      Held copy = new Held(usable, fence.local(), retention + EXTRA_MILLIS, at.primary());
      local.change(at.key(), before -> before == null ? copy : before);
    }
    return usable;
  }

  /**
   * Keeps a part, with those of the same representation that are there.
   *
   * @param fence as taken before its request was sent
   * @return the whole, where nothing is missing any more: it is for the caller to keep
   */
  Optional<StoredResponse> add(At at, PartialResponse part, Fence fence, long retentionMillis) {
    CacheKey key = at.key();
    Held mine = new Held(part, fence.local(), retentionMillis, at.primary());
    long[] before = {0};
    Held kept =
        local.change(
            key,
            held -> {
              before[0] =
                  held != null && held.slot() instanceof PartialResponse there
                      ? there.storedBytes()
                      : 0;
              return held == null ? mine : with(at, held, mine, part);
            });
    if (!(kept.slot() instanceof PartialResponse entry)) {
      return Optional.empty();
    }
    if (entry.isComplete()) {
      drop(at, fence);
      return Optional.of(entry.whole(at.whole().material()));
    }
    // Each doubling is worth a copy, each part is not: what is written is a few times what is kept.
    if (kept.sent().equals(fence.local())
        && magnitude(entry.storedBytes()) > magnitude(before[0])) {
      share(key, entry, fence, retentionMillis);
    }
    return Optional.empty();
  }

  private static int magnitude(long bytes) {
    return Long.SIZE - Long.numberOfLeadingZeros(bytes);
  }

  private Held with(At at, Held held, Held mine, PartialResponse part) {
    if (!(held.slot() instanceof PartialResponse there)
        || standing(at, held, there) instanceof Standing.Gone) {
      return mine;
    }
    int bySent = mine.sent().compareTo(held.sent());
    boolean older =
        bySent < 0
            || (bySent == 0 && part.validity().requestMillis() < there.validity().requestMillis());
    if (!Combining.isSame(there, part.fields(), part.length())) {
      return older ? held : mine;
    }
    if (older) {
      // Its bytes are right, its fields are not the newest; but nothing crosses a purge.
      return bySent < 0 ? held : held(held, part.addedTo(there, largest()));
    }
    PartialResponse all = Combining.combine(there, part, largest());
    return held(mine, all.at(earlier(there, part)));
  }

  private static Held held(Held like, PartialResponse entry) {
    return new Held(entry, like.sent(), like.retentionMillis(), like.primary());
  }

  /** A purge that came between the two requests holds for what the first one brought. */
  private static Position earlier(PartialResponse one, PartialResponse other) {
    Position position = one.provenance().position();
    Position others = other.provenance().position();
    return position.compareTo(others) < 0 ? position : others;
  }

  /** Keeps an entry that the origin said is still right; parts that came meanwhile stay. */
  void refreshed(At at, PartialResponse entry, Fence fence, long retentionMillis) {
    CacheKey key = at.key();
    Held mine = new Held(entry, fence.local(), retentionMillis, at.primary());
    local.change(key, held -> held == null ? mine : with(at, held, mine, entry));
    share(key, entry, fence, retentionMillis);
  }

  private void share(CacheKey key, PartialResponse entry, Fence fence, long retentionMillis) {
    String epoch = fence.epoch();
    // Under another epoch, or none, the log may not know purges that this precedes.
    if (store != null
        && epoch != null
        && epoch.equals(purges.trustedEpoch())
        && entry.storedBytes() <= SharedStore.LARGEST_PARTS) {
      store.put(epoch, key, entry, retentionMillis);
    }
  }

  /** Drops an entry from both layers. */
  void drop(At at, Fence fence) {
    CacheKey key = at.key();
    Held held = local.get(key);
    if (held != null) {
      local.remove(key, held);
    }
    String epoch = fence.epoch();
    if (store != null && epoch != null) {
      store.remove(epoch, key);
    }
  }
}
