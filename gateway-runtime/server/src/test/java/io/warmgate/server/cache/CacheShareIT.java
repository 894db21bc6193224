package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.CacheOptions;
import io.warmgate.config.CacheRule;
import io.warmgate.config.CacheShare;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.KeyParts;
import io.warmgate.config.KeyParts.QueryOrder;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.PartitionShares;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.key.PartitionRule;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.cache.store.LocalStore.Left;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One consumer fills far more than its share of both caches; the others go on as if it were not
 * there, in its pod and in another.
 */
class CacheShareIT {
  private static final List<String> OTHERS = List.of("two", "three", "four");
  private static final int EACH = 20;
  private static final int SMALL = 8 << 10;
  private static final int LARGE = 1 << 20;

  /** Of 64 MiB, a quarter. */
  private static final long REDIS_SHARE = 16 << 20;

  private final RealRedis redis = redis();
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod a = new Pod();
  private final Pod b = new Pod();

  /** What the pods are on. */
  RealRedis redis() {
    return new RealRedis();
  }

  /** What a partition may take of it. */
  CacheShare share() {
    return CacheShare.QUARTER;
  }

  /** How many names of shares are the digest that entries have in plain. */
  int namedByDigest() {
    return 1;
  }

  /** Before they are told where Redis is. */
  void prepare(Pod pod) {}

  @BeforeEach
  void begin() {
    redis.start("--maxmemory", "64mb", "--maxmemory-policy", "volatile-lfu");
    origin.answer = CacheShareIT::answer;
    for (Pod pod : List.of(a, b)) {
      prepare(pod);
      pod.take(config(pod, share())).awaitRedis();
    }
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
    origin.close();
    redis.close();
  }

  private GatewayConfig config(Pod pod, CacheShare ofRedis) {
    CacheRule rule =
        HONOR.with(
            new CacheOptions(
                Lifetimes.NONE,
                new KeyParts(QueryOrder.KEEP, List.of(), List.of(), List.of("x-api-key"))));
    GatewayConfig all = pod.config(origin.port(), rule, "g1", redis.address());
    CacheLayers layers = all.cache();
    return new GatewayConfig(
        all.gateway(),
        all.listeners(),
        all.routes(),
        all.backends(),
        new CacheLayers(
            layers.localMaxBytes(),
            layers.shared(),
            layers.localEviction(),
            new PartitionShares(CacheShare.QUARTER, ofRedis)),
        all.limits(),
        all.telemetry());
  }

  private static void answer(HttpServerRequest request) {
    int length = request.path().startsWith("/large") ? LARGE : SMALL;
    request
        .response()
        .putHeader("cache-control", "max-age=600")
        .end(LargeOrigin.text(request.path().hashCode(), length));
  }

  private static HttpResponse<String> get(Pod pod, String consumer, String path) {
    return pod.get(path, "x-api-key", consumer);
  }

  private static String partition(String consumer) {
    PartitionRule rule = new PartitionRule(List.of("x-api-key"));
    return Objects.requireNonNull(rule.of(FieldList.of("x-api-key", consumer)), "it has a key");
  }

  private static long inMemory(Pod pod, String consumer) {
    String partition = partition(consumer);
    return StreamSupport.stream(pod.cache.local().all().spliterator(), false)
        .filter(each -> partition.equals(each.getKey().partition()))
        .count();
  }

  private int keys(String pattern) {
    return (int) redis.ask("KEYS *").lines().filter(key -> key.matches("wg:.*:" + pattern)).count();
  }

  private int heads() {
    return keys("[0-9a-f]{64}");
  }

  private int chunks() {
    return keys("[0-9a-f]{64}:[0-9a-f]{32}:\\d+");
  }

  private boolean isEachChunkOfAnEntry() {
    List<String> names = redis.ask("KEYS *").lines().toList();
    return names.stream()
        .filter(name -> name.matches("wg:.*:[0-9a-f]{64}:[0-9a-f]{32}:\\d+"))
        .allMatch(name -> names.contains(name.replaceFirst(":[0-9a-f]{32}:\\d+$", "")));
  }

  /** Many at once, and in order. */
  private static void fill(Pod pod, String consumer, String path, int count) {
    List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      running.add(pod.ask(path + i, "x-api-key", consumer));
      if (running.size() == 16) {
        running.forEach(Pod::get);
        running.clear();
      }
    }
    running.forEach(Pod::get);
  }

  private int hits(Pod pod, String path, int count) {
    int hits = 0;
    for (String consumer : OTHERS) {
      for (int i = 0; i < count; i++) {
        hits += status(get(pod, consumer, path + i)).contains("; hit") ? 1 : 0;
      }
    }
    return hits;
  }

  private void awaitHeads(IntPredicate many) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> many.test(heads()));
  }

  @Test
  void whoFillsItsShareEvictsOnlyItself() {
    OTHERS.forEach(consumer -> fill(a, consumer, "/p", EACH));
    int all = OTHERS.size() * EACH;
    awaitHeads(heads -> heads == all);
    fill(a, "one", "/p", 4_000);
    awaitHeads(heads -> heads > all + 1_000);
    int asked = origin.requests.get();

    int inPod = hits(a, "/p", EACH);
    int inAnother = hits(b, "/p", EACH);
    int left = heads() - all;
    System.out.printf(
        "one stored 4,000 answers of 8 KiB (32 MiB); others hit %d of %d in its pod, %d of %d in"
            + " another; it has %d in memory, %d in Redis, %d left it for its share%n",
        inPod, all, inAnother, all, inMemory(a, "one"), left, a.cache.local().left(Left.SHARE));
    assertThat(inPod).isEqualTo(all);
    assertThat(inAnother).isEqualTo(all);
    assertThat(origin.requests).hasValue(asked);
    assertThat(inMemory(a, "one")).isBetween(300L, (4L << 20) / SMALL);
    assertThat(left).isBetween(1_000, (int) (REDIS_SHARE / SMALL));
    assertThat(a.cache.local().left(Left.SIZE)).isZero();
    assertThat(status(get(b, "one", "/p3999"))).as("its newest are there").contains("; hit");
    assertThat(status(get(b, "one", "/p0"))).as("its oldest are not").doesNotContain("; hit");
  }

  @Test
  void largeBodiesLeaveWithTheirChunks() {
    OTHERS.forEach(consumer -> fill(a, consumer, "/large", 2));
    int all = OTHERS.size() * 2;
    awaitHeads(heads -> heads == all);
    for (int i = 0; i < 60; i++) {
      get(a, "one", "/large" + i);
      assertThat(chunks()).isLessThanOrEqualTo((int) (REDIS_SHARE / LARGE + all + 1) * 8);
    }
    awaitHeads(heads -> heads > all + 10);
    int asked = origin.requests.get();

    int inAnother = hits(b, "/large", 2);
    int left = heads() - all;
    System.out.printf(
        "one stored 60 answers of 1 MiB; others hit %d of %d in another pod; it has %d in Redis,"
            + " and all have %d chunks%n",
        inAnother, all, left, chunks());
    assertThat(inAnother).isEqualTo(all);
    assertThat(origin.requests).hasValue(asked);
    assertThat(left).isBetween(10, (int) (REDIS_SHARE / LARGE));
    await().atMost(10, TimeUnit.SECONDS).until(this::isEachChunkOfAnEntry);
    assertThat(status(get(b, "one", "/large59"))).contains("; hit");
    assertThat(status(get(b, "one", "/large0"))).doesNotContain("; hit");
  }

  @Test
  void noNameTellsWhoItIs() {
    get(a, "one-secret-name", "/p");
    await().atMost(5, TimeUnit.SECONDS).until(() -> keys(".*:share") == 1);
    assertThat(redis.ask("KEYS *")).doesNotContain("one-secret-name");
    assertThat(keys("[0-9a-f]{64}:share")).isEqualTo(1);
    assertThat(keys(partition("one-secret-name") + ":share")).isEqualTo(namedByDigest());
  }

  @Test
  void whereNobodyIsBoundedNothingIsCounted() {
    for (Pod pod : List.of(a, b)) {
      pod.take(config(pod, CacheShare.ofPercent(100)));
    }
    fill(a, "one", "/p", 50);
    awaitHeads(heads -> heads == 50);
    assertThat(keys(".*:share")).isZero();
  }
}
