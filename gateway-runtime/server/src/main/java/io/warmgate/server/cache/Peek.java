package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.config.admin.Explanation.State;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.SearchIndex;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.purge.Subject;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.Layers.Lookup;
import io.warmgate.server.cache.Layers.Place;
import io.warmgate.server.cache.Layers.Selecting;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.cache.log.Purges;
import io.warmgate.server.cache.store.LocalStore;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.SharedStore;
import io.warmgate.server.cache.store.SharedStore.Peeked;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A look at each layer for itself, that leaves no trace: nothing is counted as used, copied,
 * removed or measured. What it finds is what {@link Layers} would.
 */
record Peek(LocalStore local, Purges purges, @Nullable SharedStore store) {

  /**
   * What was seen.
   *
   * @param found what a lookup makes of it
   * @param entry also where a purge hides it; null: there is none
   * @param namedAt when the latest purge was made that names it; empty: none does
   */
  record Look(State state, Found found, @Nullable StoredResponse entry, OptionalLong namedAt) {
    private static Look empty(State state, CacheKey key, @Nullable VariantIndex index, Reason why) {
      return new Look(state, new Found(key, index, null, why), null, OptionalLong.empty());
    }
  }

  Look memory(CacheKey primary, Place place, Selecting selecting) {
    Held held = local.peek(primary);
    if (held == null) {
      return Look.empty(State.NOTHING, primary, null, Reason.NOTHING_FOUND);
    }
    return switch (held.slot()) {
      case StoredResponse entry ->
          inMemory(new Lookup(primary, primary, null), held.sent(), entry, place);
      case VariantIndex index -> {
        CacheKey key = primary.variant(index.names(), selecting.apply(index.names()));
        Held variant = local.peek(key);
        yield variant != null && variant.slot() instanceof StoredResponse entry
            ? inMemory(new Lookup(primary, key, index), variant.sent(), entry, place)
            : Look.empty(State.OTHER_VARIANT, key, index, Reason.OTHER_VARIANT);
      }
      case SearchIndex _ -> Look.empty(State.NOTHING, primary, null, Reason.NOTHING_FOUND);
      // It has a key of its own.
      case PartialResponse _ -> Look.empty(State.NOTHING, primary, null, Reason.NOTHING_FOUND);
    };
  }

  private Look inMemory(Lookup at, Position sent, StoredResponse entry, Place place) {
    Subject subject = place.subject(entry.provenance().tags(), at.primary(), at.key());
    Found found = Layers.standing(at.key(), at.index(), entry, purges.local(sent, subject));
    return look(found, entry, purges.namedLocally(sent, subject));
  }

  private static Look look(Found found, StoredResponse entry, OptionalLong namedAt) {
    return new Look(found.entry() == null ? State.PURGED : State.FOUND, found, entry, namedAt);
  }

  /** What is known of a path's queries; null: nothing. */
  @Nullable SearchIndex searches(CacheKey key) {
    Held held = local.peek(key);
    return held != null && held.slot() instanceof SearchIndex index ? index : null;
  }

  /** The same, or what Redis knows. Never fails. */
  Future<@Nullable SearchIndex> searches(CacheKey key, Fence fence) {
    SearchIndex known = searches(key);
    SharedStore redis = store;
    String epoch = fence.epoch();
    return known != null || redis == null || epoch == null
        ? Future.succeededFuture(known)
        : redis
            .peek(epoch, key)
            .map(seen -> seen instanceof Peeked.There(SearchIndex index) ? index : null)
            .otherwise((SearchIndex) null);
  }

  /** Never fails: a Redis that cannot be asked is {@code AWAY}. */
  Future<Look> redis(CacheKey primary, Fence fence, Place place, Selecting selecting) {
    SharedStore redis = store;
    String epoch = fence.epoch();
    Look away = Look.empty(State.AWAY, primary, null, Reason.NOTHING_FOUND);
    if (redis == null) {
      return Future.succeededFuture(Look.empty(State.NONE, primary, null, Reason.NOTHING_FOUND));
    }
    if (epoch == null) {
      return Future.succeededFuture(away);
    }
    return redis
        .peek(epoch, primary)
        .compose(
            seen -> {
              if (seen instanceof Peeked.There(VariantIndex index)) {
                CacheKey key = primary.variant(index.names(), selecting.apply(index.names()));
                return redis
                    .peek(epoch, key)
                    .map(variant -> look(variant, new Lookup(primary, key, index), epoch, place));
              }
              return Future.succeededFuture(
                  look(seen, new Lookup(primary, primary, null), epoch, place));
            })
        .otherwise(away);
  }

  private Look look(Peeked seen, Lookup at, String epoch, Place place) {
    CacheKey key = at.key();
    VariantIndex index = at.index();
    return switch (seen) {
      case Peeked.There(StoredResponse entry) -> {
        Position sent = entry.provenance().position();
        Subject subject = place.subject(entry.provenance().tags(), at.primary(), key);
        Standing standing = purges.logged(epoch, sent, subject);
        yield look(
            Layers.standing(key, index, entry, standing),
            entry,
            purges.namedInLog(epoch, sent, subject));
      }
      // To a request all that cannot be read is not there.
      case Peeked.Unreadable() -> Look.empty(State.UNREADABLE, key, index, none(index));
      case Peeked.Nothing() ->
          Look.empty(index == null ? State.NOTHING : State.OTHER_VARIANT, key, index, none(index));
      case Peeked.There(SearchIndex _) ->
          Look.empty(State.NOTHING, key, index, Reason.NOTHING_FOUND);
      case Peeked.There(PartialResponse _) -> Look.empty(State.NOTHING, key, index, none(index));
      case Peeked.There(VariantIndex _) -> Look.empty(State.OTHER_VARIANT, key, index, none(index));
    };
  }

  private static Reason none(@Nullable VariantIndex index) {
    return index == null ? Reason.NOTHING_FOUND : Reason.OTHER_VARIANT;
  }
}
