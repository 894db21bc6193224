package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.server.cache.redis.RealRedis;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two pods of one gateway on one Redis. */
class SharedCacheIT {
  private final RealRedis redis = redis();
  private CountingOrigin origin = new CountingOrigin();
  private Pod a = new Pod();
  private Pod b = new Pod();

  /** What the pods are on. */
  RealRedis redis() {
    return new RealRedis();
  }

  @BeforeEach
  void begin() {
    redis.start();
    for (Pod pod : List.of(a, b)) {
      pod.serve(origin.port(), HONOR, "g1", redis.address());
      awaitLog(pod);
      warm(pod);
    }
    origin.requests.set(0);
  }

  /** Until every event loop has its connection. */
  private static void warm(Pod pod) {
    pod.awaitRedis();
    for (int i = 0; i < 20; i++) {
      pod.get("/warm-" + pod.port + "-" + i);
    }
    pod.awaitRedis();
  }

  private static void awaitLog(Pod pod) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> pod.log.purges().trustedEpoch() != null);
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
    origin.close();
    redis.close();
  }

  private static PurgeOrder all(String id) {
    return new PurgeOrder(id, PurgeRequest.everything(), null);
  }

  @Test
  void whatOnePodFetchedTheOtherServes() {
    assertThat(a.get("/x").body()).isEqualTo("answer 1");
    assertThat(b.get("/x").body()).isEqualTo("answer 1");
    assertThat(status(b.get("/x"))).contains("hit");
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void afterAPurgeWasAppliedEverywhereNoPodServesWhatItNamed() {
    String old = a.get("/x").body();
    await().atMost(5, TimeUnit.SECONDS).until(() -> status(b.get("/x")).contains("hit"));

    PurgeReceipt receipt = Pod.await(a.log.append(all("1")));
    b.log.apply(new PurgeOrder("1", PurgeRequest.everything(), receipt));

    assertThat(a.get("/x").body()).isNotEqualTo(old);
    assertThat(b.get("/x").body()).isNotEqualTo(old);
  }

  @Test
  void aPurgeByKeyHidesWhatLiesInRedisToo() {
    String[] shown = status(a.get("/x", "warmgate-debug", "cache-key")).split("key=");
    String key = shown[1].replace("\"", "").substring(0, 64);
    String old = a.get("/x").body();
    a.get("/y");
    PurgeOrder order = new PurgeOrder("1", PurgeRequest.keys(List.of(key)), null);
    PurgeReceipt receipt = Pod.await(a.log.append(order));
    b.log.apply(order.at(receipt));

    assertThat(b.get("/x").body()).as("never in this pod's memory").isNotEqualTo(old);
    assertThat(a.get("/x").body()).isNotEqualTo(old);
    assertThat(status(b.get("/y"))).contains("hit");
  }

  @Test
  void aFillThatRacesAPurgeSurvivesNeitherInMemoryNorInRedis() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> racing = a.ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    PurgeReceipt receipt = Pod.await(a.log.append(all("1")));
    b.log.apply(new PurgeOrder("1", PurgeRequest.everything(), receipt));
    origin.release();
    String raced = Pod.get(racing).body();

    for (int i = 0; i < 5; i++) {
      assertThat(a.get("/x").body()).isNotEqualTo(raced);
      assertThat(b.get("/x").body()).isNotEqualTo(raced);
    }
  }

  @Test
  void redisGoneCostsHitsInMemoryNothingAndOthersAFetch() {
    a.get("/x");
    redis.kill();
    assertThat(status(a.get("/x"))).contains("hit");
    assertThat(a.get("/y").statusCode()).isEqualTo(200);
    assertThat(b.get("/z").statusCode()).isEqualTo(200);
  }

  @Test
  void redisPausedFailsNoRequest() {
    a.get("/x");
    redis.pause();
    try {
      for (int i = 0; i < 50; i++) {
        assertThat(a.get("/p" + i).statusCode()).isEqualTo(200);
        assertThat(status(a.get("/x"))).contains("hit");
      }
    } finally {
      redis.resume();
    }
    awaitLog(a);
  }

  @Test
  void aPurgeWhileRedisIsAwayHoldsWhenItComesBackEmptyOrNot() {
    String old = a.get("/x").body();
    await().atMost(5, TimeUnit.SECONDS).until(() -> status(b.get("/x")).contains("hit"));
    redis.pause();
    a.log.apply(all("1"));
    b.log.apply(all("1"));
    assertThat(a.get("/x").body()).isNotEqualTo(old);
    redis.resume();
    awaitLog(a);
    awaitLog(b);
    for (int i = 0; i < 5; i++) {
      assertThat(a.get("/x").body()).isNotEqualTo(old);
      assertThat(b.get("/x").body()).isNotEqualTo(old);
    }
  }

  @Test
  void anUnsafeRequestOnOnePodMakesItAMissOnTheOther() {
    a.get("/x");
    await().atMost(5, TimeUnit.SECONDS).until(() -> status(b.get("/x")).contains("hit"));
    String old = b.get("/x").body();
    a.send("POST", "/x");
    assertThat(a.get("/x").body()).isNotEqualTo(old);
    await().atMost(5, TimeUnit.SECONDS).until(() -> !b.get("/x").body().equals(old));
  }
}
