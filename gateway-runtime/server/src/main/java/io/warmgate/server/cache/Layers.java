package io.warmgate.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.internal.buffer.BufferInternal;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.SearchIndex;
import io.warmgate.httpcache.entry.Slot;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.purge.Subject;
import io.warmgate.httpcache.rule.Storage;
import io.warmgate.server.cache.lease.Claim;
import io.warmgate.server.cache.lease.Leases;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.cache.log.Purges;
import io.warmgate.server.cache.store.ChunkShelf;
import io.warmgate.server.cache.store.HitHead;
import io.warmgate.server.cache.store.LocalStore;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.SharedChunks;
import io.warmgate.server.cache.store.SharedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * L1 and L2 as one: what is looked up in the one and then in the other, kept in both, and hidden in
 * both by purges.
 */
final class Layers {
  /**
   * How long a key is remembered whose answer was not for keeping: nobody waits for such a fetch.
   */
  private static final Duration REMEMBERED = Duration.ofSeconds(60);

  /** A copy of what is in L2 is worth its place for so long beyond what its own fields say. */
  private static final long EXTRA_MILLIS = 60_000;

  private final LocalStore local;
  private final Purges purges;
  private final SearchIndexes searches;
  private final KeyMemory memory = new KeyMemory(System.currentTimeMillis());
  private final Cache<CacheKey, Optional<Reason>> notKept =
      Caffeine.newBuilder()
          .maximumSize(10_000)
          .expireAfterWrite(REMEMBERED)
          .executor(Runnable::run)
          .build();
  private final Copies copies;
  private final Set<CacheKey> writing = ConcurrentHashMap.newKeySet();
  private volatile @Nullable SharedStore shared;
  private volatile @Nullable SharedChunks chunks;
  private volatile @Nullable Leases leases;

  /**
   * What a lookup found.
   *
   * @param key where the entry is or would be: the variant's, where the slot of the primary key is
   *     an index
   * @param index that slot; null where there is none
   * @param entry null: none that may be used
   * @param why there is none; beside an entry {@code PURGED} where a purge made it stale, and else
   *     of no meaning
   * @param head of answers out of this entry; null where it is not in memory as it is
   */
  record Found(
      CacheKey key,
      @Nullable VariantIndex index,
      @Nullable StoredResponse entry,
      Reason why,
      @Nullable HitHead head) {
    Found(CacheKey key, @Nullable VariantIndex index, @Nullable StoredResponse entry, Reason why) {
      this(key, index, entry, why, null);
    }
  }

  /** Gives the request's values of selecting fields. */
  interface Selecting extends Function<List<String>, Fields> {}

  Layers(LocalStore local, Purges purges) {
    this.local = local;
    this.purges = purges;
    this.searches = new SearchIndexes(local, this);
    this.copies = new Copies(local);
  }

  /** What is known of the queries of paths. */
  SearchIndexes searches() {
    return searches;
  }

  /**
   * @param store null: there is no Redis
   * @param parts of bodies too large to lie there whole
   * @param claims to the fetches whose answers go there
   */
  void use(@Nullable SharedStore store, @Nullable SharedChunks parts, @Nullable Leases claims) {
    shared = store;
    chunks = parts;
    leases = claims;
  }

  /** Asks to be the pod that fetches for a key; waits while another does. */
  Future<Claim> claim(Fence fence, CacheKey key) {
    Leases all = leases;
    String epoch = fence.epoch();
    return all == null || epoch == null
        ? Future.succeededFuture(Claim.unleased())
        : all.claim(epoch, key);
  }

  /** The same for a fetch that nobody waits for: if another pod is at it, that will do. */
  Future<Claim> claimIfFree(Fence fence, CacheKey key) {
    Leases all = leases;
    String epoch = fence.epoch();
    return all == null || epoch == null
        ? Future.succeededFuture(Claim.unleased())
        : all.claimIfFree(epoch, key);
  }

  /** Whether there is a Redis, whatever becomes of it. */
  boolean isShared() {
    return shared != null;
  }

  /** Redis' part; null: there is none. */
  @Nullable SharedStore shared() {
    return shared;
  }

  /** Whether there is a Redis to be asked now. */
  boolean hasShared(Fence fence) {
    return shared != null && fence.epoch() != null;
  }

  /** Largest body worth keeping, in bytes. */
  long largestBody() {
    return Math.max(local.largestBody(), shared == null ? 0 : SharedStore.LARGEST_BODY);
  }

  /** Largest body that a fetch holds whole, in bytes, for who joins it later. */
  long largestHeld() {
    return Math.max(local.largestBody(), SharedStore.LARGEST_WHOLE);
  }

  /** Where a body's chunks lie in Redis; null where it is not to be trusted. */
  @Nullable ChunkShelf shelf(CacheKey key, Fence fence) {
    SharedChunks all = chunks;
    String epoch = fence.epoch();
    return all == null || epoch == null ? null : all.shelf(epoch, key);
  }

  /** The same for whoever writes there; null also where somebody in this pod does. */
  @Nullable ChunkShelf beginWriting(CacheKey key, Fence fence) {
    ChunkShelf shelf = shelf(key, fence);
    return shelf != null && writing.add(key) ? shelf : null;
  }

  void endWriting(CacheKey key) {
    writing.remove(key);
  }

  /** What is being copied out of Redis. */
  Copies copies() {
    return copies;
  }

  boolean wasNotKept(CacheKey key) {
    return notKept.getIfPresent(key) != null;
  }

  /**
   * @param why null: another pod knows
   */
  void rememberNotKept(CacheKey key, @Nullable Reason why) {
    notKept.put(key, Optional.ofNullable(why));
  }

  /** Why the last answer under a key was not kept, as far as this pod knows and remembers. */
  Optional<Reason> whyNotKept(CacheKey key) {
    return notKept.asMap().getOrDefault(key, Optional.empty());
  }

  /** What was kept lately. */
  KeyMemory memory() {
    return memory;
  }

  /** A look at both that leaves no trace. */
  Peek peek() {
    return new Peek(local, purges, shared);
  }

  /** The incomplete entries of both. */
  Incomplete incomplete() {
    return new Incomplete(local, purges, shared);
  }

  /** Looks in this pod's memory. */
  Found local(CacheKey primary, Place place, Selecting selecting) {
    Held held = local.get(primary);
    if (held == null) {
      return new Found(primary, null, null, Reason.NOTHING_FOUND);
    }
    return switch (held.slot()) {
      case StoredResponse entry -> localEntry(primary, null, held, entry, place);
      case VariantIndex index -> {
        CacheKey key = primary.variant(index.names(), selecting.apply(index.names()));
        Held variant = local.get(key);
        yield variant != null && variant.slot() instanceof StoredResponse entry
            ? localEntry(key, index, variant, entry, place)
            : new Found(key, index, null, Reason.OTHER_VARIANT);
      }
      case SearchIndex _ -> new Found(primary, null, null, Reason.NOTHING_FOUND);
      // It has a key of its own.
      case PartialResponse _ -> new Found(primary, null, null, Reason.NOTHING_FOUND);
    };
  }

  private Found localEntry(
      CacheKey key, @Nullable VariantIndex index, Held held, StoredResponse entry, Place place) {
    Standing standing =
        purges.local(held.sent(), place.subject(entry.provenance().tags(), held.primary(), key));
    if (standing instanceof Standing.Untouched) {
      return new Found(key, index, entry, Reason.NOTHING_FOUND, held.head());
    }
    if (standing instanceof Standing.Gone) {
      local.remove(key, held);
    }
    return standing(key, index, entry, standing);
  }

  static Found standing(
      CacheKey key, @Nullable VariantIndex index, StoredResponse entry, Standing standing) {
    return switch (standing) {
      case Standing.Untouched() -> new Found(key, index, entry, Reason.NOTHING_FOUND);
      case Standing.Stale(long since) ->
          new Found(key, index, entry.staleSince(since), Reason.PURGED);
      case Standing.Gone() -> new Found(key, index, null, Reason.PURGED);
    };
  }

  /**
   * Looks in Redis, and keeps a copy of what is found there.
   *
   * @param fence taken before
   * @return fails where Redis is away
   */
  Future<Found> shared(CacheKey primary, Fence fence, Place place, Selecting selecting, long now) {
    SharedStore store = shared;
    String epoch = fence.epoch();
    if (store == null || epoch == null) {
      return Future.succeededFuture(new Found(primary, null, null, Reason.NOTHING_FOUND));
    }
    return store
        .get(epoch, primary)
        .compose(
            slot ->
                switch (slot) {
                  case null -> found(new Found(primary, null, null, Reason.NOTHING_FOUND));
                  case SearchIndex _ -> found(new Found(primary, null, null, Reason.NOTHING_FOUND));
                  case StoredResponse entry ->
                      found(
                          sharedEntry(
                              new Lookup(primary, primary, null), entry, fence, place, now));
                  case VariantIndex index -> {
                    local.put(primary, new Held(index, fence.local(), EXTRA_MILLIS, primary));
                    CacheKey key = primary.variant(index.names(), selecting.apply(index.names()));
                    yield store
                        .get(epoch, key)
                        .map(
                            variant ->
                                variant instanceof StoredResponse entry
                                    ? sharedEntry(
                                        new Lookup(primary, key, index), entry, fence, place, now)
                                    : new Found(key, index, null, Reason.OTHER_VARIANT));
                  }
                  case PartialResponse _ ->
                      found(new Found(primary, null, null, Reason.NOTHING_FOUND));
                });
  }

  /**
   * The same of keys whose answers have no variants: those of models vary by nothing.
   *
   * @return one for each key, in their order; fails where Redis is away
   */
  Future<List<Found>> shared(List<CacheKey> primaries, Fence fence, Place place, long now) {
    SharedStore store = shared;
    String epoch = fence.epoch();
    if (store == null || epoch == null) {
      return Future.failedFuture("there is no Redis to be asked");
    }
    return store
        .get(epoch, primaries)
        .map(
            slots -> {
              List<Found> all = new ArrayList<>(slots.size());
              for (int i = 0; i < slots.size(); i++) {
                CacheKey key = primaries.get(i);
                all.add(
                    slots.get(i).orElse(null) instanceof StoredResponse entry
                        ? sharedEntry(new Lookup(key, key, null), entry, fence, place, now)
                        : new Found(key, null, null, Reason.NOTHING_FOUND));
              }
              return all;
            });
  }

  private static Future<Found> found(Found found) {
    return Future.succeededFuture(found);
  }

  /** Where an entry was found. */
  record Lookup(CacheKey primary, CacheKey key, @Nullable VariantIndex index) {}

  private Found sharedEntry(Lookup at, StoredResponse entry, Fence fence, Place place, long now) {
    Provenance from = entry.provenance();
    String epoch = fence.epoch();
    Found found =
        standing(
            at.key(),
            at.index(),
            entry,
            epoch == null
                ? new Standing.Gone()
                : purges.logged(
                    epoch, from.position(), place.subject(from.tags(), at.primary(), at.key())));
    if (found.entry() != null && found.entry().body() instanceof Bytes) {
      Validity validity = found.entry().validity();
      memory.kept(at.key(), validity);
      long retention =
          Storage.retention(found.entry().fields(), validity, CachingPolicy.DEFAULT, now);
      local.put(
          at.key(), new Held(found.entry(), fence.local(), retention + EXTRA_MILLIS, at.primary()));
    }
    return found;
  }

  /**
   * Keeps a copy of an entry in memory whose body was read from Redis in chunks.
   *
   * @param fence taken before it was read
   */
  void copied(CacheKey primary, CacheKey key, StoredResponse entry, Fence fence, Place place) {
    sharedEntry(new Lookup(primary, key, null), entry, fence, place, System.currentTimeMillis());
  }

  /**
   * Keeps an answer in both layers.
   *
   * @param primary the key that requests are looked up by first
   * @param fence as taken before its request was sent
   * @return whether other pods find it now
   */
  Future<Boolean> keep(
      CacheKey primary, CacheKey key, StoredResponse entry, Fence fence, long retentionMillis) {
    keepHere(primary, key, entry, fence, retentionMillis);
    return keepInRedis(key, entry, fence, retentionMillis);
  }

  /**
   * Keeps an answer that this pod has at hand in Redis, in the form that its length asks for.
   *
   * @return whether other pods find it now; does not fail
   */
  Future<Boolean> keepInRedis(
      CacheKey key, StoredResponse entry, Fence fence, long retentionMillis) {
    return entry.body() instanceof Bytes bytes && bytes.length() > SharedStore.LARGEST_WHOLE
        ? keepInChunks(key, entry, bytes, fence, retentionMillis)
        : keepThere(key, entry, fence, retentionMillis);
  }

  /** Keeps an answer in this pod's memory, where it has it at hand and it is not too large. */
  void keepHere(
      CacheKey primary, CacheKey key, StoredResponse entry, Fence fence, long retentionMillis) {
    notKept.invalidate(key);
    memory.kept(key, entry.validity());
    if (entry.body() instanceof Bytes bytes && bytes.length() <= local.largestBody()) {
      local.put(key, new Held(entry, fence.local(), retentionMillis, primary));
    }
  }

  /**
   * Keeps an answer in Redis.
   *
   * @return whether other pods find it now; does not fail
   */
  Future<Boolean> keepThere(CacheKey key, StoredResponse entry, Fence fence, long retentionMillis) {
    notKept.invalidate(key);
    return keepShared(key, entry, fence, retentionMillis).otherwise(false);
  }

  private Future<Boolean> keepInChunks(
      CacheKey key, StoredResponse entry, Bytes bytes, Fence fence, long retentionMillis) {
    ChunkShelf shelf = beginWriting(key, fence);
    if (shelf == null) {
      return Future.succeededFuture(false);
    }
    ChunkWriter writer = new ChunkWriter(shelf, () -> {});
    writer.add(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes.array())));
    return writer
        .end()
        .compose(body -> keepThere(key, entry.with(body), fence, retentionMillis))
        .otherwise(false)
        .onSuccess(
            kept -> {
              if (!kept) {
                writer.giveUp();
              }
              endWriting(key);
            });
  }

  /** Keeps the index of a primary key in both layers. */
  void keep(CacheKey primary, VariantIndex index, Fence fence, long retentionMillis) {
    local.put(primary, new Held(index, fence.local(), retentionMillis, primary));
    keepShared(primary, index, fence, retentionMillis);
  }

  /**
   * What lies under a key in Redis.
   *
   * @return null: nothing; fails where Redis is away
   */
  Future<@Nullable Slot> slotInRedis(CacheKey key, Fence fence) {
    SharedStore store = shared;
    String epoch = fence.epoch();
    return store == null || epoch == null ? Future.succeededFuture(null) : store.get(epoch, key);
  }

  /** Keeps a slot in Redis where that may be written. */
  Future<Boolean> keepShared(CacheKey key, Slot slot, Fence fence, long retentionMillis) {
    SharedStore store = shared;
    String epoch = fence.epoch();
    // Under another epoch, or none, the log may not know purges that this answer precedes.
    return store != null && epoch != null && epoch.equals(purges.trustedEpoch())
        ? store.put(epoch, key, slot, retentionMillis)
        : Future.succeededFuture(false);
  }

  /** Drops an entry from both layers: the origin told that it is wrong. */
  void drop(CacheKey key, Fence fence) {
    memory.dropped(key);
    Held held = local.get(key);
    if (held != null) {
      local.remove(key, held);
    }
    SharedStore store = shared;
    String epoch = fence.epoch();
    if (store != null && epoch != null) {
      store.remove(epoch, key);
    }
  }

  /** Drops an entry from Redis some of whose body is lost. */
  void forget(CacheKey key, ChunkedBody body, Fence fence) {
    SharedStore store = shared;
    String epoch = fence.epoch();
    if (store != null && epoch != null) {
      store.remove(epoch, key, body.id());
    }
  }

  /** What purges select by. */
  record Place(String host, String path) {
    Subject subject(List<String> tags, CacheKey primary, CacheKey key) {
      return new Subject(host, path, tags, primary, key);
    }
  }
}
