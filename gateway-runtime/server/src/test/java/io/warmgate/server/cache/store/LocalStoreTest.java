package io.warmgate.server.cache.store;

import static io.warmgate.server.cache.store.Slots.WEIGHT;
import static io.warmgate.server.cache.store.Slots.held;
import static io.warmgate.server.cache.store.Slots.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.LocalEviction;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.LocalStore.Left;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The eviction changes while the store is used. */
class LocalStoreTest {
  private static final long ROOM = 100L * WEIGHT;

  private final Slots slots = new Slots();
  private final Deque<Runnable> moves = new ArrayDeque<>();

  static Stream<Arguments> changes() {
    return Arrays.stream(LocalEviction.values())
        .flatMap(
            from ->
                Arrays.stream(LocalEviction.values())
                    .filter(to -> to != from)
                    .map(to -> Arguments.of(from, to)));
  }

  private LocalStore store(LocalEviction eviction) {
    return new LocalStore(ROOM, eviction, slots.nanos::get, moves::add);
  }

  private static long left(LocalStore store) {
    return Arrays.stream(Left.values()).mapToLong(store::left).sum();
  }

  @ParameterizedTest(name = "{0} → {1}")
  @MethodSource("changes")
  void entriesGoOnForTheRestOfTheirTime(LocalEviction from, LocalEviction to) {
    LocalStore store = store(from);
    for (int i = 0; i < 50; i++) {
      store.put(key(i), held(i, 10_000));
    }
    slots.passMillis(4_000);
    store.use(ROOM, to);
    assertThat(store.entries()).isEqualTo(50);
    assertThat(store.get(key(7))).as("before it moved").isNotNull();
    moves.remove().run();
    assertThat(store.entries()).isEqualTo(50);
    assertThat(store.bytes()).isEqualTo(50L * WEIGHT);
    assertThat(store.all()).hasSize(50);
    slots.passMillis(5_999);
    assertThat(store.get(key(7))).isNotNull();
    slots.passMillis(2);
    assertThat(store.get(key(7))).isNull();
    assertThat(store.left(Left.SIZE) + store.left(Left.PURGE)).isZero();
  }

  @ParameterizedTest(name = "{0} → {1}")
  @MethodSource("changes")
  void whatChangesWhileEntriesMoveIsNotUndone(LocalEviction from, LocalEviction to) {
    LocalStore store = store(from);
    Held removed = held(1, 10_000, 5);
    Held replaced = held(2, 10_000, 5);
    Held newer = held(3, 10_000, 5);
    store.put(key(1), removed);
    store.put(key(2), replaced);
    store.put(key(3), newer);
    store.use(ROOM, to);
    store.remove(key(1), removed);
    Held now = held(2, 10_000, 6);
    store.put(key(2), now);
    store.put(key(3), held(3, 10_000, 4));
    store.put(key(4), held(4, 10_000));
    moves.remove().run();
    assertThat(store.get(key(1))).isNull();
    assertThat(store.get(key(2))).isSameAs(now);
    assertThat(store.get(key(3))).isSameAs(newer);
    assertThat(store.all())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(key(2), key(3), key(4));
    assertThat(store.left(Left.PURGE)).isEqualTo(1);
    assertThat(left(store)).isEqualTo(1);
  }

  /** The clock is read in the middle of a store: there the eviction changes, and all moves. */
  @Test
  void whatIsStoredOnAShelfThatIsJustLeftIsStoredAgain() {
    AtomicReference<Runnable> change = new AtomicReference<>(() -> {});
    LocalStore store =
        new LocalStore(
            ROOM,
            LocalEviction.LRU,
            () -> {
              change.getAndSet(() -> {}).run();
              return slots.nanos.get();
            },
            Runnable::run);
    Held held = held(1, 10_000);
    change.set(() -> store.use(ROOM, LocalEviction.FIFO));
    store.put(key(1), held);
    assertThat(store.get(key(1))).isSameAs(held);
  }

  @Test
  void theSameEvictionMovesNothing() {
    LocalStore store = store(LocalEviction.LRU);
    store.put(key(1), held(1, 10_000));
    store.use(ROOM / 2, LocalEviction.LRU);
    assertThat(moves).isEmpty();
    assertThat(store.maxBytes()).isEqualTo(ROOM / 2);
    assertThat(store.get(key(1))).isNotNull();
  }

  @Test
  void whatAChangeOvertakesIsAMissAndNothingElse() {
    LocalStore store = store(LocalEviction.TINY_LFU);
    store.put(key(1), held(1, 10_000));
    store.use(ROOM, LocalEviction.LRU);
    store.put(key(2), held(2, 10_000));
    store.use(ROOM, LocalEviction.FIFO);
    moves.forEach(Runnable::run);
    assertThat(store.get(key(1))).isNull();
    assertThat(store.get(key(2))).isNotNull();
    assertThat(store.bytes()).isEqualTo(WEIGHT);
  }

  /** A key that is stored again and again with later requests never goes back to an earlier one. */
  @Test
  void underLoadNoChangeBringsBackWhatWasReplacedOrRemoved() throws Exception {
    LocalStore store =
        new LocalStore(ROOM, LocalEviction.TINY_LFU, slots.nanos::get, Runnable::run);
    List<LocalEviction> evictions = List.of(LocalEviction.values());
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Future<?> first = pool.submit(() -> replaceAndRemove(store, 0, over));
      Future<?> second = pool.submit(() -> replaceAndRemove(store, 1, over));
      try {
        for (int round = 0; round < 600; round++) {
          store.use(ROOM, evictions.get(round % evictions.size()));
        }
      } finally {
        over.set(true);
      }
      first.get();
      second.get();
    }
    assertThat(store.entries()).isLessThanOrEqualTo(40);
  }

  private static void replaceAndRemove(LocalStore store, int own, AtomicBoolean over) {
    for (long sent = 1; !over.get(); sent++) {
      for (int i = own; i < 40; i += 2) {
        Held held = held(i, 10_000, sent);
        store.put(key(i), held);
        // Much room and one writer a key: what is found is what was stored last.
        assertThat(store.get(key(i))).isSameAs(held);
        if (i % 4 < 2) {
          store.remove(key(i), held);
          assertThat(store.get(key(i))).isNull();
        }
      }
    }
  }
}
