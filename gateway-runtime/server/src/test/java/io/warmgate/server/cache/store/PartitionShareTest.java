package io.warmgate.server.cache.store;

import static io.warmgate.server.cache.store.Slots.WEIGHT;
import static io.warmgate.server.cache.store.Slots.heavy;
import static io.warmgate.server.cache.store.Slots.held;
import static io.warmgate.server.cache.store.Slots.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.LocalEviction;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.LocalStore.Left;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A partition that would have more than its share gives up its own, and nobody else's. */
class PartitionShareTest {
  private static final long ROOM = 400L * WEIGHT;
  private static final long SHARE = ROOM / 5;
  private static final List<String> PARTITIONS = List.of("one", "two", "three", "four");
  private static final List<LocalEviction> EVICTIONS = List.of(LocalEviction.values());
  private static final int SHARED = 40;

  private final Slots slots = new Slots();
  private final Deque<Runnable> moves = new ArrayDeque<>();

  private LocalStore store(LocalEviction eviction) {
    LocalStore store = new LocalStore(ROOM, eviction, slots.nanos::get, moves::add);
    store.share(SHARE);
    moves.clear();
    return store;
  }

  private static Held own(String partition, int number) {
    CacheKey key = key(partition, number);
    return new Held(VariantIndex.empty(key.material()), Position.ZERO, 60_000, key);
  }

  private static void put(LocalStore store, String partition, int number) {
    store.put(key(partition, number), own(partition, number));
  }

  private static long live(LocalStore store, String partition) {
    long sum = 0;
    for (Map.Entry<CacheKey, Held> each : store.all()) {
      if (partition.equals(each.getKey().partition())) {
        sum += each.getValue().weight(each.getKey());
      }
    }
    return sum;
  }

  private static Set<CacheKey> ofOthers(LocalStore store, String partition) {
    Set<CacheKey> keys = new HashSet<>();
    for (Map.Entry<CacheKey, Held> each : store.all()) {
      if (!partition.equals(each.getKey().partition())) {
        keys.add(each.getKey());
      }
    }
    return keys;
  }

  @ParameterizedTest
  @EnumSource
  void whoFillsItsShareEvictsOnlyItself(LocalEviction eviction) {
    LocalStore store = store(eviction);
    for (int i = 0; i < SHARED; i++) {
      store.put(key(i), held(i, 60_000));
    }
    for (int i = 0; i < 20; i++) {
      put(store, "two", i);
    }
    for (int i = 0; i < 5_000; i++) {
      put(store, "one", i);
      assertThat(store.bytes("one")).isBetween(1L, SHARE);
    }
    for (int i = 0; i < SHARED; i++) {
      assertThat(store.get(key(i))).as("shared %d", i).isNotNull();
    }
    for (int i = 0; i < 20; i++) {
      assertThat(store.get(key("two", i))).as("two %d", i).isNotNull();
    }
    assertThat(store.bytes("one")).isGreaterThan(SHARE * 9 / 10).isEqualTo(live(store, "one"));
    assertThat(store.left(Left.SHARE)).isEqualTo(5_000 - (store.entries() - SHARED - 20));
    assertThat(store.left(Left.SIZE) + store.left(Left.TTL) + store.left(Left.PURGE)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void withoutAShareNobodyIsHeldToOne(LocalEviction eviction) {
    LocalStore store = new LocalStore(ROOM, eviction, slots.nanos::get, moves::add);
    for (int i = 0; i < 200; i++) {
      put(store, "one", i);
    }
    assertThat(store.bytes("one")).isGreaterThan(SHARE);
    assertThat(store.left(Left.SHARE)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsUsedGetsASecondChanceAndTheOldestGoesFirst(LocalEviction eviction) {
    LocalStore store = store(eviction);
    int fits = (int) (SHARE / own("one", 0).weight(key("one", 0)));
    for (int i = 0; i < fits; i++) {
      put(store, "one", i);
    }
    assertThat(store.get(key("one", 0))).isNotNull();
    put(store, "one", fits);
    assertThat(store.peek(key("one", 0))).as("used").isNotNull();
    assertThat(store.peek(key("one", 1))).as("the oldest that was not").isNull();
    assertThat(store.peek(key("one", 2))).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsHeavierThanTheShareIsNotKept(LocalEviction eviction) {
    LocalStore store = store(eviction);
    put(store, "one", 1);
    put(store, "one", 2);
    store.put(key("one", 1), heavy(key("one", 1), 100, 60_000, 1));
    assertThat(store.peek(key("one", 1))).isNull();
    assertThat(store.peek(key("one", 2))).isNotNull();
    assertThat(store.left(Left.SHARE)).isEqualTo(1);
    assertThat(store.bytes("one")).isEqualTo(live(store, "one"));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReplacedMakesRoomForItself(LocalEviction eviction) {
    LocalStore store = store(eviction);
    store.put(key("one", 1), heavy(key("one", 1), 40, 60_000, 1));
    store.put(key("one", 2), heavy(key("one", 2), 30, 60_000, 1));
    store.put(key("one", 1), heavy(key("one", 1), 42, 60_000, 2));
    assertThat(store.peek(key("one", 2))).isNotNull();
    assertThat(store.left(Left.SHARE)).isZero();
    store.put(key("one", 1), heavy(key("one", 1), 10, 60_000, 1));
    assertThat(store.bytes("one")).as("an older one changes nothing").isGreaterThan(72L * WEIGHT);
  }

  @ParameterizedTest
  @EnumSource
  void aSmallerShareIsSeenToMeanwhile(LocalEviction eviction) {
    LocalStore store = store(eviction);
    PARTITIONS.forEach(
        partition -> {
          for (int i = 0; i < 50; i++) {
            put(store, partition, i);
          }
        });
    store.share(SHARE / 4);
    moves.remove().run();
    assertThat(PARTITIONS)
        .allSatisfy(
            partition ->
                assertThat(store.bytes(partition))
                    .isEqualTo(live(store, partition))
                    .isBetween(1L, SHARE / 4));
  }

  /**
   * Puts, replacements, older fills, removals, ends, uses and other evictions, by chance: what each
   * partition has is known exactly, and its puts take nobody else's.
   */
  @ParameterizedTest
  @EnumSource
  void whateverHappensTheSumsAreExactAndOthersStay(LocalEviction eviction) {
    LocalStore store = store(eviction);
    for (int i = 0; i < SHARED; i++) {
      store.put(key(i), held(i, Integer.MAX_VALUE));
    }
    long shared = store.bytes();
    SplittableRandom random = new SplittableRandom(5);
    for (int step = 0; step < 6_000; step++) {
      String partition = PARTITIONS.get(random.nextInt(PARTITIONS.size()));
      CacheKey key = key(partition, random.nextInt(120));
      switch (random.nextInt(20)) {
        case 0, 1 -> {
          Held found = store.peek(key);
          if (found != null) {
            store.remove(key, found);
          }
        }
        case 2 -> slots.passMillis(random.nextInt(20_000));
        case 3 -> {
          // One that overtakes another's move would leave entries behind.
          if (moves.isEmpty()) {
            store.use(ROOM, EVICTIONS.get(random.nextInt(EVICTIONS.size())));
          }
        }
        case 4 -> {
          while (!moves.isEmpty()) {
            moves.remove().run();
          }
        }
        case 5, 6, 7 -> store.get(key);
        default -> {
          Set<CacheKey> others = ofOthers(store, partition);
          store.put(
              key,
              heavy(
                  key,
                  1 + random.nextInt(90),
                  1_000 + random.nextInt(60_000),
                  step + random.nextInt(99)));
          assertThat(ofOthers(store, partition)).as("step %d", step).isEqualTo(others);
          assertThat(store.bytes(partition)).as("step %d", step).isLessThanOrEqualTo(SHARE);
        }
      }
      long all = store.bytes();
      long sum = PARTITIONS.stream().mapToLong(store::bytes).sum();
      assertThat(sum + shared).as("step %d", step).isEqualTo(all);
      assertThat(PARTITIONS)
          .as("step %d", step)
          .allSatisfy(each -> assertThat(live(store, each)).isLessThanOrEqualTo(store.bytes(each)));
    }
    assertThat(store.left(Left.SIZE)).isZero();
    assertThat(List.of(Left.SHARE, Left.TTL, Left.PURGE))
        .allSatisfy(why -> assertThat(store.left(why)).isPositive());
  }

  /** Threads that put and remove at once leave sums that are exact, and no owner of nothing. */
  @ParameterizedTest
  @EnumSource
  void underLoadNothingIsCountedTwiceOrForgotten(LocalEviction eviction) throws Exception {
    Shelf shelf = Shelf.of(eviction, ROOM, slots.nanos::get, _ -> {});
    LocalStore store = store(eviction);
    int threads = 4;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        long seed = thread;
        all.add(pool.submit(() -> load(store, shelf, seed)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(PARTITIONS)
        .allSatisfy(
            each ->
                assertThat(store.bytes(each)).isEqualTo(live(store, each)).isBetween(1L, SHARE));
    for (Map.Entry<CacheKey, Held> each : new ArrayList<>(entries(shelf))) {
      shelf.remove(each.getKey(), each.getValue(), Left.PURGE);
    }
    assertThat(shelf.bytes()).isZero();
    assertThat(shelf.owners().partitions()).isEmpty();
  }

  private static List<Map.Entry<CacheKey, Held>> entries(Shelf shelf) {
    List<Map.Entry<CacheKey, Held>> entries = new ArrayList<>();
    shelf.all().forEach(each -> entries.add(Map.entry(each.getKey(), each.getValue())));
    return entries;
  }

  private static void load(LocalStore store, Shelf shelf, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      String partition = PARTITIONS.get(random.nextInt(PARTITIONS.size()));
      CacheKey key = key(partition, random.nextInt(150));
      store.put(key, heavy(key, 1 + random.nextInt(3), 60_000, i));
      shelf.put(key, heavy(key, 1, 60_000, i));
      Held found = store.get(key);
      Held kept = shelf.get(key);
      if (found != null && random.nextInt(4) == 0) {
        store.remove(key, found);
      }
      if (kept != null && random.nextInt(4) == 0) {
        shelf.remove(key, kept, Left.PURGE);
      }
    }
  }
}
