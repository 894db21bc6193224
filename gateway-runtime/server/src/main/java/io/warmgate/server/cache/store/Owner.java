package io.warmgate.server.cache.store;

import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.store.LocalStore.Held;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one partition has on a shelf: how much, and in which order it would leave. That is the order
 * in which it came, but what was used meanwhile goes to the end once instead (second chance), so
 * that a hit writes no more than a mark. Its lock is taken last, and nothing is called under it.
 */
final class Owner {
  /** So many are passed over for one that leaves: a put of a large partition is no longer work. */
  private static final int CHANCES = 16;

  private final String partition;
  private @Nullable Owned first;
  private @Nullable Owned last;
  private volatile long bytes;
  private boolean over;

  /**
   * @param partition a digest
   */
  Owner(String partition) {
    this.partition = partition;
  }

  String partition() {
    return partition;
  }

  /** Sum of the weights. */
  long bytes() {
    return bytes;
  }

  /** False where this one had nothing left before: then there is to be another. */
  synchronized boolean add(CacheKey key, Held held, Owned place) {
    if (over) {
      return false;
    }
    place.owner = this;
    place.key = key;
    place.held = held;
    place.weight = held.weight(key);
    append(place);
    count(place.weight);
    return true;
  }

  /** True where nothing is left. What has left already does not leave again. */
  synchronized boolean remove(Owned place) {
    if (place.owner == this) {
      detach(place);
    }
    return over;
  }

  /**
   * Takes out the one to leave.
   *
   * @param spared stays; null: any may go
   * @return null: there is no other
   */
  @SuppressWarnings("ReferenceEquality")
  synchronized Map.@Nullable Entry<CacheKey, Held> pop(@Nullable Held spared) {
    for (int passed = 0; first != null; passed++) {
      Owned place = first;
      boolean stays = spared != null && place == spared.owned();
      if (stays && place == last) {
        return null;
      }
      if (stays || (place.useUp() && passed < CHANCES)) {
        unlink(place);
        append(place);
      } else {
        Map.Entry<CacheKey, Held> leaving =
            Map.entry(
                Objects.requireNonNull(place.key, "it has its place"),
                Objects.requireNonNull(place.held, "it has its place"));
        detach(place);
        return leaving;
      }
    }
    return null;
  }

  /** Whether nothing is left. */
  synchronized boolean isOver() {
    return over;
  }

  private void detach(Owned place) {
    unlink(place);
    count(-place.weight);
    place.owner = null;
    place.key = null;
    place.held = null;
    over = first == null;
  }

  private void append(Owned place) {
    Owned end = last;
    place.before = end;
    place.after = null;
    if (end == null) {
      first = place;
    } else {
      end.after = place;
    }
    last = place;
  }

  private void unlink(Owned place) {
    Owned before = place.before;
    Owned after = place.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    place.before = null;
    place.after = null;
  }

  private void count(long more) {
    long before = bytes;
    bytes = before + more;
  }
}
