import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.warmgate.config.LocalEviction;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.server.cache.store.LocalStore;
import io.warmgate.server.cache.store.LocalStore.Held;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * 32,768 slots in memory, looked up as Zipf has it; and stored one after the other into a full
 * memory. Each figure is CPU time of the threads, the best of nine rounds that alternate.
 */
final class EvictionBench {
  private static final int SLOTS = 1 << 15;
  private static final int ROUNDS = 9;
  private static final int CALLS = 300_000;
  private static final CacheKey[] KEYS = new CacheKey[4 * SLOTS];
  private static final Held[] HELD = new Held[KEYS.length];
  private static final int[] TRACE = new int[1 << 17];
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private interface Looked {
    Held get(CacheKey key);
  }

  private record Figure(double nanos, double bytes) {
    Figure best(Figure other) {
      return new Figure(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    prepare();
    Map<String, Looked> looked = new LinkedHashMap<>();
    Map<String, LocalStore> stores = new LinkedHashMap<>();
    looked.put("bare Caffeine", bare()::getIfPresent);
    for (LocalEviction eviction : LocalEviction.values()) {
      LocalStore store = store(eviction, 1L << 40);
      stores.put(eviction.name(), store(eviction, 600L * SLOTS));
      looked.put(eviction.name(), store::get);
    }
    for (int threads : new int[] {1, 2}) {
      Map<String, Figure> best = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (var each : looked.entrySet()) {
          Figure figure = time(threads, offset -> look(each.getValue(), offset));
          best.merge(each.getKey(), figure, Figure::best);
        }
      }
      print("hit, " + threads + " threads", best);
    }
    Map<String, Figure> best = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (var each : stores.entrySet()) {
        Figure figure = time(1, _ -> keep(each.getValue()));
        best.merge(each.getKey(), figure, Figure::best);
      }
    }
    print("store into a full memory", best);
  }

  private static void prepare() {
    KeyRecipe recipe = new KeyRecipe("", "g1", new QueryRule.All(), List.of());
    for (int i = 0; i < KEYS.length; i++) {
      KEYS[i] =
          recipe.primary(
              new RequestView(
                  "GET",
                  new RequestView.Target("https", "shop.example.com", "/products/" + i, null),
                  FieldList.EMPTY,
                  false),
              null);
      HELD[i] =
          new Held(
              VariantIndex.empty(Bytes.of(new byte[0])),
              Position.ZERO,
              3_600_000 + i % 1_000,
              KEYS[i]);
    }
    double[] sums = new double[SLOTS];
    double sum = 0;
    for (int i = 0; i < SLOTS; i++) {
      sum += Math.pow(i + 1, -0.9);
      sums[i] = sum;
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < TRACE.length; i++) {
      int at = Arrays.binarySearch(sums, random.nextDouble() * sum);
      TRACE[i] = Math.min(SLOTS - 1, at < 0 ? -at - 1 : at);
    }
  }

  private static Cache<CacheKey, Held> bare() {
    Cache<CacheKey, Held> cache =
        Caffeine.newBuilder()
            .maximumWeight(1L << 40)
            .weigher((CacheKey key, Held value) -> 500)
            .expireAfter(
                Expiry.<CacheKey, Held>writing(
                    (_, value) -> Duration.ofMillis(value.retentionMillis())))
            .executor(Runnable::run)
            .build();
    for (int i = 0; i < SLOTS; i++) {
      cache.put(KEYS[i], HELD[i]);
    }
    return cache;
  }

  private static LocalStore store(LocalEviction eviction, long bytes) {
    LocalStore store = new LocalStore(bytes, eviction, System::nanoTime, Runnable::run);
    for (int i = 0; i < SLOTS; i++) {
      store.put(KEYS[i], HELD[i]);
    }
    return store;
  }

  private static void look(Looked store, int offset) {
    for (int i = 0; i < CALLS; i++) {
      if (store.get(KEYS[TRACE[(i + offset) & (TRACE.length - 1)]]) == null) {
        throw new IllegalStateException("a miss");
      }
    }
  }

  private static void keep(LocalStore store) {
    for (int i = 0; i < CALLS; i++) {
      int at = i & (KEYS.length - 1);
      store.put(KEYS[at], HELD[at]);
    }
  }

  private static Figure time(int threads, java.util.function.IntConsumer work)
      throws InterruptedException {
    double[] nanos = new double[threads];
    double[] bytes = new double[threads];
    CountDownLatch ready = new CountDownLatch(threads);
    Thread[] all = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      int own = i;
      all[i] =
          new Thread(
              () -> {
                ready.countDown();
                try {
                  ready.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                long before = THREADS.getCurrentThreadAllocatedBytes();
                long from = THREADS.getCurrentThreadCpuTime();
                work.accept(own * 7_919);
                nanos[own] = THREADS.getCurrentThreadCpuTime() - from;
                bytes[own] = THREADS.getCurrentThreadAllocatedBytes() - before;
              });
      all[i].start();
    }
    for (Thread each : all) {
      each.join();
    }
    double calls = (double) CALLS * threads;
    return new Figure(Arrays.stream(nanos).sum() / calls, Arrays.stream(bytes).sum() / calls);
  }

  private static void print(String what, Map<String, Figure> figures) {
    System.out.println(what);
    figures.forEach(
        (name, figure) ->
            System.out.printf("  %-14s %7.1f ns %8.2f B%n", name, figure.nanos, figure.bytes));
  }
}
