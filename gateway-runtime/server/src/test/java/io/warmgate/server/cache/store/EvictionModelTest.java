package io.warmgate.server.cache.store;

import static io.warmgate.server.cache.store.Slots.held;
import static io.warmgate.server.cache.store.Slots.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.LocalEviction;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.LocalStore.Left;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The policies that leave nothing to chance, step by step beside a model that looks at all. */
class EvictionModelTest {
  private static final int KEYS = 60;
  private static final int ROOM = 20;
  private static final int STEPS = 20_000;

  private final Slots slots = new Slots();

  private static final class Kept {
    long weight;
    long deadline;
    long arrival;
    long lastUse;
    long uses;
    long evictedBefore;

    long rank() {
      return uses + evictedBefore;
    }
  }

  private final class Model {
    private final Map<CacheKey, Kept> kept = new HashMap<>();
    private final Comparator<Kept> order;
    private long step;
    private long evicted;

    Model(LocalEviction eviction) {
      this.order =
          switch (eviction) {
            case FIFO -> Comparator.comparingLong(each -> each.arrival);
            case LRU -> Comparator.comparingLong(each -> each.lastUse);
            case LFU ->
                Comparator.comparingLong(Kept::rank).thenComparingLong(each -> each.lastUse);
            case TTL ->
                Comparator.<Kept>comparingLong(each -> each.deadline - slots.nanos.get())
                    .thenComparingLong(each -> each.arrival);
            case TINY_LFU, RANDOM -> throw new IllegalArgumentException("chance decides");
          };
    }

    boolean get(CacheKey key) {
      step++;
      Kept found = kept.get(key);
      if (found != null) {
        use(found);
      }
      return found != null;
    }

    private void use(Kept used) {
      used.lastUse = step;
      used.uses++;
      used.evictedBefore = evicted;
    }

    void put(CacheKey key, long weight, long retentionMillis) {
      step++;
      Kept before = kept.remove(key);
      while (kept.values().stream().mapToLong(each -> each.weight).sum() + weight
          > (long) ROOM * Slots.WEIGHT) {
        Kept victim = kept.values().stream().min(order).orElseThrow();
        evicted = victim.rank();
        kept.values().remove(victim);
      }
      Kept added = new Kept();
      added.weight = weight;
      added.deadline = slots.nanos.get() + retentionMillis * 1_000_000;
      added.arrival = step;
      added.uses = before == null ? 0 : before.uses;
      use(added);
      kept.put(key, added);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LRU", "LFU", "FIFO", "TTL"})
  void eachStepLeavesWhatTheModelLeaves(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    Model model = new Model(eviction);
    SplittableRandom random = new SplittableRandom(42);
    for (int step = 0; step < STEPS; step++) {
      int number = (int) (KEYS * Math.pow(random.nextDouble(), 2));
      CacheKey key = key(number);
      switch (random.nextInt(10)) {
        case 0 -> {
          Held held = Slots.heavy(number, 2 + random.nextInt(4));
          shelf.put(key, held);
          model.put(key, held.weight(key), held.retentionMillis());
        }
        case 1 -> {
          Held found = shelf.peek(key);
          if (found != null) {
            shelf.remove(key, found, Left.PURGE);
            model.kept.remove(key);
          }
        }
        case 2, 3, 4 -> {
          Held held = held(number, 50_000 + random.nextInt(1_000_000));
          shelf.put(key, held);
          model.put(key, held.weight(key), held.retentionMillis());
        }
        default -> assertThat(shelf.get(key) != null).isEqualTo(model.get(key));
      }
      TreeSet<CacheKey> there = new TreeSet<>();
      shelf.all().forEach(each -> there.add(each.getKey()));
      assertThat(there).as("step %d", step).isEqualTo(new TreeSet<>(model.kept.keySet()));
    }
  }

  /** Each of twenty is the victim in a twentieth of 20,000 evictions, within five deviations. */
  @Test
  void randomHasNoFavourite() {
    int rounds = 20_000;
    RandomOrder order = new RandomOrder(7);
    Map<Long, Integer> victims = new HashMap<>();
    for (int i = 0; i < ROOM; i++) {
      order.added(new Node(key(i), held(i, 1), 0, i));
    }
    for (int round = 0; round < rounds; round++) {
      Node victim = order.victim();
      order.removed(victim);
      order.added(victim);
      victims.merge(victim.arrival, 1, Integer::sum);
    }
    double expected = (double) rounds / ROOM;
    double deviation = Math.sqrt(expected * (1 - 1.0 / ROOM));
    assertThat(victims).hasSize(ROOM);
    assertThat(victims.values())
        .allSatisfy(
            times ->
                assertThat((double) times)
                    .isBetween(expected - 5 * deviation, expected + 5 * deviation));
  }
}
