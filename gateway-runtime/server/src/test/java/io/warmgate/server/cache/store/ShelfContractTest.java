package io.warmgate.server.cache.store;

import static io.warmgate.server.cache.store.Slots.WEIGHT;
import static io.warmgate.server.cache.store.Slots.held;
import static io.warmgate.server.cache.store.Slots.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.LocalEviction;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.LocalStore.Left;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every policy of eviction keeps to. */
class ShelfContractTest {
  private static final int ROOM = 100;

  private final Slots slots = new Slots();

  private static void fill(Shelf shelf, int from, int to) {
    for (int i = from; i < to; i++) {
      shelf.put(key(i), held(i, 60_000));
    }
  }

  private static long weight(Shelf shelf) {
    return StreamSupport.stream(shelf.all().spliterator(), false)
        .mapToLong(each -> each.getValue().weight(each.getKey()))
        .sum();
  }

  private long count(Left why) {
    return slots.count(why);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsKeptIsFound(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    Held held = held(1, 60_000);
    shelf.put(key(1), held);
    assertThat(shelf.get(key(1))).isSameAs(held);
    assertThat(shelf.peek(key(1))).isSameAs(held);
    assertThat(shelf.get(key(2))).isNull();
    assertThat(shelf.all()).containsExactly(Map.entry(key(1), held));
    assertThat(shelf.entries()).isEqualTo(1);
    assertThat(shelf.bytes()).isEqualTo(WEIGHT);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOverTheBoundIsEvictedAndCounted(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    fill(shelf, 0, 3 * ROOM);
    assertThat(shelf.bytes()).isBetween(WEIGHT * (ROOM - 5L), (long) WEIGHT * ROOM);
    assertThat(weight(shelf)).isEqualTo(shelf.bytes());
    assertThat(count(Left.SIZE)).isEqualTo(3 * ROOM - shelf.entries());
    assertThat(slots.left()).isEqualTo(count(Left.SIZE));
  }

  @ParameterizedTest
  @EnumSource
  void heavyOnesCountByWeight(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    for (int i = 0; i < ROOM; i++) {
      shelf.put(key(i), Slots.heavy(i, 1 + i % 5));
      assertThat(shelf.bytes()).isLessThanOrEqualTo((long) WEIGHT * ROOM);
    }
    assertThat(weight(shelf)).isEqualTo(shelf.bytes());
    assertThat(shelf.entries()).isLessThan(ROOM * 2 / 3);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsHeavierThanAllIsNotKeptAndPushesNothingOut(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, 5);
    fill(shelf, 0, 3);
    shelf.put(key(0), Slots.heavy(0, 6));
    assertThat(shelf.peek(key(0))).isNull();
    assertThat(shelf.peek(key(1))).isNotNull();
    assertThat(shelf.peek(key(2))).isNotNull();
    assertThat(shelf.bytes()).isEqualTo(2L * WEIGHT);
    assertThat(count(Left.SIZE)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void withoutRoomNothingIsKept(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, 0);
    fill(shelf, 0, 3);
    assertThat(shelf.all()).isEmpty();
    assertThat(shelf.bytes()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void anOlderFillDoesNotReplaceANewerOne(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    Held newer = held(1, 60_000, 2);
    shelf.put(key(1), newer);
    shelf.put(key(1), held(1, 60_000, 1));
    assertThat(shelf.get(key(1))).isSameAs(newer);
    Held newest = held(1, 60_000, 3);
    shelf.put(key(1), newest);
    assertThat(shelf.get(key(1))).isSameAs(newest);
    assertThat(shelf.entries()).isEqualTo(1);
    assertThat(shelf.bytes()).isEqualTo(WEIGHT);
    assertThat(slots.left()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRemovedIsGoneAndNoOther(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    Held before = held(1, 60_000, 1);
    Held now = held(1, 60_000, 2);
    shelf.put(key(1), before);
    shelf.put(key(1), now);
    shelf.remove(key(1), before, Left.PURGE);
    assertThat(shelf.get(key(1))).isSameAs(now);
    assertThat(slots.left()).isZero();
    shelf.remove(key(1), now, Left.PURGE);
    shelf.remove(key(1), now, Left.PURGE);
    assertThat(shelf.get(key(1))).isNull();
    assertThat(shelf.bytes()).isZero();
    assertThat(count(Left.PURGE)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTakenIsGoneWithoutAWord(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    Held held = held(1, 60_000);
    shelf.put(key(1), held);
    shelf.take(key(1), held);
    assertThat(shelf.get(key(1))).isNull();
    assertThat(shelf.bytes()).isZero();
    assertThat(slots.left()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void itEndsWithItsRetention(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    shelf.put(key(1), held(1, 1_000));
    shelf.put(key(2), held(2, 5_000));
    slots.passMillis(999);
    assertThat(shelf.get(key(1))).isNotNull();
    slots.passMillis(2);
    assertThat(shelf.peek(key(1))).isNull();
    assertThat(shelf.all()).extracting(Map.Entry::getKey).containsExactly(key(2));
    assertThat(shelf.get(key(1))).isNull();
    assertThat(shelf.remainingMillis(key(1))).isEmpty();
    assertThat(shelf.remainingMillis(key(2))).hasValue(3_999);
  }

  /** That nobody asks for. Within the two seconds that Caffeine's timer wheel is exact to. */
  @ParameterizedTest
  @EnumSource
  void whatIsOverGivesItsRoomBeforeWhatIsNot(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    fill(shelf, 0, ROOM / 2);
    for (int i = ROOM / 2; i < ROOM; i++) {
      shelf.put(key(i), held(i, 1_000));
    }
    slots.passMillis(4_000);
    fill(shelf, ROOM, ROOM + ROOM / 2);
    for (int i = 0; i < ROOM / 2; i++) {
      assertThat(shelf.peek(key(i))).as("%d", i).isNotNull();
      assertThat(shelf.peek(key(ROOM + i))).as("%d", ROOM + i).isNotNull();
    }
    assertThat(count(Left.TTL)).isEqualTo(ROOM / 2);
    assertThat(count(Left.SIZE)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOverGoesFirstWhereTheBoundShrinks(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    fill(shelf, 0, ROOM / 2);
    for (int i = ROOM / 2; i < ROOM; i++) {
      shelf.put(key(i), held(i, 1_000));
    }
    slots.passMillis(4_000);
    shelf.resize((long) WEIGHT * ROOM / 2);
    for (int i = 0; i < ROOM / 2; i++) {
      assertThat(shelf.peek(key(i))).as("%d", i).isNotNull();
    }
    assertThat(count(Left.TTL)).isEqualTo(ROOM / 2);
    assertThat(count(Left.SIZE)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aSmallerBoundEvictsAndALargerOneAdmits(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    fill(shelf, 0, ROOM);
    shelf.resize((long) WEIGHT * ROOM / 4);
    assertThat(shelf.bytes()).isBetween(WEIGHT * (ROOM / 4 - 3L), (long) WEIGHT * ROOM / 4);
    assertThat(count(Left.SIZE)).isEqualTo(ROOM - shelf.entries());
    long before = shelf.entries();
    shelf.resize((long) WEIGHT * ROOM);
    fill(shelf, ROOM, ROOM + ROOM / 2);
    assertThat(shelf.entries()).isEqualTo(before + ROOM / 2);
  }

  @ParameterizedTest
  @EnumSource
  void whatMovesInKeepsItsTimeAndReplacesNothing(LocalEviction eviction) {
    Shelf shelf = slots.shelf(eviction, ROOM);
    Held there = held(1, 60_000);
    shelf.put(key(1), there);
    shelf.move(key(1), held(1, 60_000, 9), 1_000);
    shelf.move(key(2), held(2, 60_000), 1_000);
    assertThat(shelf.get(key(1))).isSameAs(there);
    assertThat(shelf.remainingMillis(key(1))).hasValue(60_000);
    assertThat(shelf.remainingMillis(key(2))).hasValue(1_000);
  }

  /**
   * Every slot stored is kept, or left for one cause: none counts twice, none is lost, and the
   * bound holds at any time.
   */
  @ParameterizedTest
  @EnumSource
  void underLoadTheBoundHoldsAndTheCountsAddUp(LocalEviction eviction) throws Exception {
    int threads = 4;
    int each = 20_000;
    Shelf shelf = slots.shelf(eviction, ROOM);
    // Caffeine adds first, and evicts once a thread gets to it: its bound holds afterwards.
    long bound = eviction == LocalEviction.TINY_LFU ? Long.MAX_VALUE : (long) WEIGHT * ROOM;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * each;
        all.add(pool.submit(() -> load(shelf, first, each, bound)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    shelf.resize((long) WEIGHT * ROOM);
    assertThat(shelf.bytes()).isBetween(weight(shelf), (long) WEIGHT * ROOM);
    assertThat(count(Left.TTL)).isPositive();
    assertThat(count(Left.PURGE)).isPositive();
    assertThat(slots.left() + shelf.entries()).isEqualTo((long) threads * each);
    for (Map.Entry<CacheKey, Held> kept : List.copyOf(entries(shelf))) {
      shelf.remove(kept.getKey(), kept.getValue(), Left.PURGE);
    }
    // What is over may still have been there.
    shelf.resize(0);
    assertThat(shelf.bytes()).isZero();
    assertThat(slots.left()).isEqualTo((long) threads * each);
  }

  private static List<Map.Entry<CacheKey, Held>> entries(Shelf shelf) {
    List<Map.Entry<CacheKey, Held>> entries = new ArrayList<>();
    shelf.all().forEach(each -> entries.add(Map.entry(each.getKey(), each.getValue())));
    return entries;
  }

  /** Stores keys of its own, each once; looks at all, removes some of them. */
  private void load(Shelf shelf, int first, int count, long bound) {
    SplittableRandom random = new SplittableRandom(first);
    for (int i = 0; i < count; i++) {
      shelf.put(key(first + i), held(first + i, 1 + random.nextInt(40)));
      for (int look = 0; look < 4; look++) {
        CacheKey key = key(random.nextInt(first + i + 1));
        Held found = shelf.get(key);
        if (found != null) {
          assertThat(found.primary()).isEqualTo(key);
        }
        if (found != null && random.nextInt(8) == 0) {
          shelf.remove(key, found, Left.PURGE);
          assertThat(shelf.peek(key)).isNull();
        }
      }
      if (i % 16 == 0) {
        slots.passMillis(1);
      }
      assertThat(shelf.bytes()).isLessThanOrEqualTo(bound);
    }
  }
}
