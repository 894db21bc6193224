package io.warmgate.server.cache.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.purge.Subject;
import io.warmgate.server.cache.redis.RealRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log between pods, against a real Redis that is killed, emptied and paused. */
class LogReaderIT {
  private static final String HOST = "shop.example.com";
  private static final CacheKey KEY = TestKeys.of(HOST, "/");

  private final List<Pod> pods = new ArrayList<>();
  private Vertx vertx = Vertx.vertx();
  private RealRedis redis = redis();

  /** What a pod holds of the log. */
  private final class Pod {
    private final Purges purges = new Purges();
    private final LogReader reader =
        new LogReader(vertx, redis.address(), new LogKeys("uid"), purges);

    Pod start() {
      pods.add(this);
      reader.start();
      return this;
    }

    Pod awaitTrust() {
      await().atMost(10, TimeUnit.SECONDS).until(() -> purges.trustedEpoch() != null);
      return this;
    }

    PurgeReceipt append(PurgeOrder order) throws Exception {
      return reader
          .append(order)
          .toCompletionStage()
          .toCompletableFuture()
          .get(5, TimeUnit.SECONDS);
    }

    boolean hides(Fence fence, String path) {
      String epoch = purges.trustedEpoch();
      return epoch != null
          && isGone(purges.logged(epoch, fence.logged(), subject(path)))
          && isGone(purges.local(fence.local(), subject(path)));
    }
  }

  /** What the log is on. */
  RealRedis redis() {
    return new RealRedis();
  }

  @BeforeEach
  void begin() {
    vertx = Vertx.vertx();
    redis = redis();
    redis.start();
  }

  @AfterEach
  void end() {
    pods.forEach(pod -> pod.reader.close());
    redis.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static boolean isGone(Standing standing) {
    return standing instanceof Standing.Gone;
  }

  private static Subject subject(String path, String... tags) {
    return new Subject(HOST, path, List.of(tags), KEY, KEY);
  }

  private static PurgeOrder path(String id, String path) {
    return new PurgeOrder(id, PurgeRequest.paths(List.of(path), List.of()), null);
  }

  @Test
  void whatOnePodAppendsEveryPodObeys() throws Exception {
    Pod a = new Pod().start().awaitTrust();
    Pod b = new Pod().start().awaitTrust();
    Fence before = b.purges.fence();

    a.append(path("1", "/x"));

    await().atMost(5, TimeUnit.SECONDS).until(() -> b.hides(before, "/x"));
    assertThat(b.hides(before, "/y")).isFalse();
    assertThat(b.hides(b.purges.fence(), "/x")).as("what is fetched afterwards").isFalse();
  }

  @Test
  void aPodThatStartsLateReadsTheLogToItsEndBeforeItTrusts() throws Exception {
    Pod a = new Pod().start().awaitTrust();
    for (int i = 0; i < 2_500; i++) {
      a.append(path("p" + i, "/p" + i));
    }
    Pod late = new Pod().start().awaitTrust();
    assertThat(isGone(late.purges.logged(epoch(late), Position.ZERO, subject("/p0")))).isTrue();
    assertThat(isGone(late.purges.logged(epoch(late), Position.ZERO, subject("/p2499")))).isTrue();
  }

  @Test
  void redisRestartedEmptyLosesNoPurge() throws Exception {
    Pod a = new Pod().start().awaitTrust();
    PurgeReceipt receipt = a.append(path("1", "/x"));
    redis.kill();
    await().atMost(5, TimeUnit.SECONDS).until(() -> a.purges.trustedEpoch() == null);
    redis.start();

    Pod late = new Pod().start().awaitTrust();
    a.awaitTrust();

    assertThat(epoch(a)).isNotEqualTo(receipt.epoch());
    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(() -> isGone(late.purges.logged(epoch(late), Position.ZERO, subject("/x"))));
    assertThat(epoch(late)).isEqualTo(epoch(a));
  }

  @Test
  void aServerThatLostTheEndOfTheLogBeginsAnotherEpoch() throws Exception {
    Pod a = new Pod().start().awaitTrust();
    a.append(path("1", "/x"));
    String first = epoch(a);
    PurgeReceipt second = a.append(path("2", "/y"));
    // A replica that was promoted before the last entry had reached it.
    io.vertx.redis.client.Redis client =
        io.vertx.redis.client.Redis.createClient(vertx, redis.admin().options());
    client
        .send(
            io.vertx.redis.client.Request.cmd(io.vertx.redis.client.Command.XDEL)
                .arg("wg:{uid}:log")
                .arg(second.position()))
        .toCompletionStage()
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    Pod late = new Pod().start();

    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> a.purges.trustedEpoch() != null && !epoch(a).equals(first));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () ->
                late.purges.trustedEpoch() != null
                    && epoch(late).equals(epoch(a))
                    && isGone(late.purges.logged(epoch(late), Position.ZERO, subject("/y"))));
    client.close();
  }

  @Test
  void aPurgeWhileRedisIsAwayIsInTheLogBeforeItIsTrustedAgain() throws Exception {
    Pod a = new Pod().start().awaitTrust();
    Fence before = a.purges.fence();
    redis.kill();
    await().atMost(5, TimeUnit.SECONDS).until(() -> a.purges.trustedEpoch() == null);

    a.purges.apply(path("1", "/x"));
    assertThat(isGone(a.purges.local(before.local(), subject("/x")))).isTrue();
    redis.start();
    a.awaitTrust();

    assertThat(isGone(a.purges.logged(epoch(a), Position.ZERO, subject("/x")))).isTrue();
    Pod late = new Pod().start().awaitTrust();
    assertThat(isGone(late.purges.logged(epoch(late), Position.ZERO, subject("/x")))).isTrue();
  }

  @Test
  void aPurgeThatTheLogWasNotToldEndsTheTrustUntilItIs() throws Exception {
    Pod a = new Pod().start().awaitTrust();
    Fence before = a.purges.fence();
    a.purges.apply(path("1", "/x"));
    assertThat(a.purges.trustedEpoch() == null || a.hides(before, "/x")).isTrue();
    a.awaitTrust();
    assertThat(a.hides(before, "/x")).isTrue();
  }

  /** As an application does, with any Redis client. */
  @Test
  void whatAnApplicationAppendsEveryPodObeys() throws Exception {
    Pod a = new Pod().start().awaitTrust();
    Fence before = a.purges.fence();
    xadd("purge", "{\"tags\":[\"product:42\"]}");
    xadd("purge", "{\"paths\":[\"/%7euser/./a\"],\"hosts\":[\"SHOP.example.com\"]}");
    xadd("purge", "{\"tags\":[\"soft\"],\"mode\":\"Soft\"}");
    xadd("purge", "{\"paths\":[\"/c\"],\"prefix\":\"/d\"}");
    xadd("purge", "{\"keys\":[\"" + KEY.hex() + "\"]}");
    xadd("purge", "{\"keys\":[\"" + KEY.hex() + "\"],\"hosts\":[\"shop.example.com\"]}");
    xadd("nonsense", "1");
    xadd("order", "{\"id\":\"odd\",\"request\":{\"paths\":[\"no-slash\"]}}");
    xadd("purge", "{\"paths\":[\"/last\"]}");

    await().atMost(5, TimeUnit.SECONDS).until(() -> a.hides(before, "/last"));
    assertThat(isGone(a.purges.local(before.local(), subject("/x", "product:42")))).isTrue();
    CacheKey other = TestKeys.of(HOST, "/other");
    assertThat(isGone(a.purges.local(before.local(), new Subject(HOST, "/", List.of(), KEY, KEY))))
        .isTrue();
    assertThat(
            isGone(
                a.purges.local(
                    before.local(), new Subject(HOST, "/x", List.of("product:43"), other, other))))
        .isFalse();
    assertThat(a.hides(before, "/~user/a")).isTrue();
    assertThat(
            a.purges.local(before.local(), new Subject(HOST, "/x", List.of("soft"), other, other)))
        .isInstanceOf(Standing.Stale.class);
    assertThat(
            isGone(
                a.purges.local(before.local(), new Subject(HOST, "/c", List.of(), other, other))))
        .as("names two")
        .isFalse();
    Pod late = new Pod().start().awaitTrust();
    assertThat(isGone(late.purges.logged(epoch(late), Position.ZERO, subject("/", "product:42"))))
        .isTrue();
  }

  /** An empty server, and no pod has begun a log yet. */
  @Test
  void whatAnApplicationAppendsFirstIsNotLost() throws Exception {
    xadd("purge", "{\"tags\":[\"early\"]}");
    Pod a = new Pod().start().awaitTrust();
    assertThat(isGone(a.purges.local(Position.ZERO, subject("/", "early")))).isTrue();
  }

  private void xadd(String field, String value) throws Exception {
    io.vertx.redis.client.Redis client =
        io.vertx.redis.client.Redis.createClient(vertx, redis.admin().options());
    client
        .send(
            io.vertx.redis.client.Request.cmd(io.vertx.redis.client.Command.XADD)
                .arg("wg:{uid}:log")
                .arg("*")
                .arg(field)
                .arg(value))
        .toCompletionStage()
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    client.close();
  }

  @Test
  void aPausedServerIsNotTrusted() throws Exception {
    Pod a = new Pod().start().awaitTrust();
    redis.pause();
    try {
      await().atMost(10, TimeUnit.SECONDS).until(() -> a.purges.trustedEpoch() == null);
    } finally {
      redis.resume();
    }
    a.awaitTrust();
  }

  private static String epoch(Pod pod) {
    return Objects.requireNonNull(pod.purges.trustedEpoch());
  }
}
