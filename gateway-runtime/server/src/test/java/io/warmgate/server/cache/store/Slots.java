package io.warmgate.server.cache.store;

import io.warmgate.config.LocalEviction;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.LocalStore.Left;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys and slots by number, a clock that stands, and what left a shelf. */
final class Slots {
  private static final Bytes NOTHING = Bytes.of(new byte[0]);
  private static final KeyRecipe RECIPE = new KeyRecipe("", "g1", new QueryRule.All(), List.of());

  private static final Map<Integer, CacheKey> KEYS = new ConcurrentHashMap<>();

  /** What each slot of {@link #held} weighs. */
  static final int WEIGHT = held(0, 1).weight(key(0));

  final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final Map<Left, LongAdder> left =
      Arrays.stream(Left.values()).collect(Collectors.toMap(why -> why, _ -> new LongAdder()));

  static CacheKey key(int number) {
    return KEYS.computeIfAbsent(number, each -> make(each, null));
  }

  /** A partition's own. */
  static CacheKey key(String partition, int number) {
    return make(number, partition);
  }

  private static CacheKey make(int number, @Nullable String partition) {
    String path = "/%08d".formatted(number);
    RequestView.Target target = new RequestView.Target("http", "shop.example.com", path, null);
    return RECIPE.primary(new RequestView("GET", target, FieldList.EMPTY, false), partition);
  }

  static Held held(int number, long retentionMillis) {
    return held(number, retentionMillis, 0);
  }

  /** Of a request that was sent after so many purges. */
  static Held held(int number, long retentionMillis, long sent) {
    CacheKey key = key(number);
    return new Held(VariantIndex.empty(NOTHING), Position.local(sent), retentionMillis, key);
  }

  /** As heavy as so many. */
  static Held heavy(int number, int times) {
    List<Long> variants = new ArrayList<>();
    while (40 * variants.size() < (times - 1) * WEIGHT) {
      variants.add((long) variants.size());
    }
    return new Held(
        new VariantIndex(NOTHING, List.of(), variants), Position.ZERO, 60_000, key(number));
  }

  /** A little heavier than so many; of a request that was sent after so many purges. */
  static Held heavy(CacheKey key, int times, long retentionMillis, long sent) {
    StoredResponse response =
        new StoredResponse(
            200,
            FieldList.EMPTY,
            Bytes.of(new byte[times * WEIGHT]),
            new Validity(0, 0, 0, 0, StaleWindows.NONE, Set.of()),
            new Provenance(key.material(), "g1", Position.ZERO, List.of()));
    return new Held(response, Position.local(sent), retentionMillis, key);
  }

  Shelf shelf(LocalEviction eviction, int slots) {
    return Shelf.of(eviction, (long) slots * WEIGHT, nanos::get, this::countLeft);
  }

  private void countLeft(Left why) {
    Objects.requireNonNull(left.get(why)).increment();
  }

  long count(Left why) {
    return Objects.requireNonNull(left.get(why)).sum();
  }

  long left() {
    return left.values().stream().mapToLong(LongAdder::sum).sum();
  }

  void passMillis(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
