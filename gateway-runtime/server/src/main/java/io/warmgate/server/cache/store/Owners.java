package io.warmgate.server.cache.store;

import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.store.LocalStore.Held;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whom the slots on one shelf belong to. An owner is here as long as it has a slot there, so there
 * are never more of them than slots. Slots for everybody have no owner, and cost nothing.
 */
final class Owners {
  private final ConcurrentHashMap<String, Owner> owners = new ConcurrentHashMap<>();

  /** Called before anybody can find the slot on the shelf. */
  void added(CacheKey key, Held held) {
    Owned place = held.owned();
    if (place == null) {
      return;
    }
    String partition = Objects.requireNonNull(key.partition(), "it belongs to somebody");
    while (true) {
      Owner owner = owners.computeIfAbsent(partition, Owner::new);
      if (owner.add(key, held, place)) {
        return;
      }
      owners.remove(partition, owner);
    }
  }

  /** Called once it is on the shelf no more, for whatever cause. */
  void removed(Held held) {
    Owned place = held.owned();
    Owner owner = place == null ? null : place.owner;
    if (place != null && owner != null && owner.remove(place)) {
      owners.remove(owner.partition(), owner);
    }
  }

  /** What a partition has here, in bytes. */
  long bytes(String partition) {
    Owner owner = owners.get(partition);
    return owner == null ? 0 : owner.bytes();
  }

  /**
   * Which of a partition's slots is to leave the shelf now. It counts as gone.
   *
   * @param spared not this one; null: any
   * @return null: there is none
   */
  Map.@Nullable Entry<CacheKey, Held> pop(String partition, @Nullable Held spared) {
    Owner owner = owners.get(partition);
    Map.@Nullable Entry<CacheKey, Held> leaving = owner == null ? null : owner.pop(spared);
    if (owner != null && owner.isOver()) {
      owners.remove(partition, owner);
    }
    return leaving;
  }

  /** Those that have something here. */
  List<String> partitions() {
    return List.copyOf(owners.keySet());
  }
}
