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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts that one pod of two fetched, through a real Redis. */
class PartialAnswersIT {
  private static final int LENGTH = 100;

  private final RealRedis redis = new RealRedis();
  private final MediaOrigin film = new MediaOrigin(LENGTH);
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod a = new Pod();
  private final Pod b = new Pod();

  @BeforeEach
  void begin() {
    redis.start();
    origin.answer = film::answer;
    for (Pod pod : List.of(a, b)) {
      pod.serve(origin.port(), HONOR, "g1", redis.address());
      await().atMost(10, TimeUnit.SECONDS).until(() -> pod.log.purges().trustedEpoch() != null);
      for (int i = 0; i < 20; i++) {
        pod.get("/warm-" + pod.port + "-" + i);
      }
      pod.awaitRedis();
    }
    film.asked();
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
    origin.close();
    redis.close();
  }

  private static HttpResponse<String> range(Pod pod, String range) {
    return pod.get("/film", "range", "bytes=" + range);
  }

  /** Without asking the origin for it itself: that would be a hit the next time, too. */
  private void isServedByTheOther() {
    range(a, "10-19");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () ->
                status(b.get("/film", "range", "bytes=10-19", "cache-control", "only-if-cached"))
                    .contains("hit"));
    HttpResponse<String> within = range(b, "12-14");
    assertThat(within.statusCode()).isEqualTo(206);
    assertThat(within.body()).isEqualTo(film.text(film.version.get(), 12, 14));
    assertThat(status(within)).startsWith("warmgate; hit");
    assertThat(film.asked()).hasSize(1);
  }

  @Test
  void whatOnePodFetchedTheOtherServesAndCompletes() {
    isServedByTheOther();
    assertThat(range(b, "0-19").body()).isEqualTo(film.text(1, 0, 19));
    assertThat(film.asked()).containsExactly("bytes=0-9 if-range \"v1\"");
  }

  @Test
  void aPurgeHidesItInRedisToo() {
    isServedByTheOther();
    film.version.set(2);
    PurgeOrder order = new PurgeOrder("1", PurgeRequest.everything(), null);
    PurgeReceipt receipt = Pod.await(a.log.append(order));
    b.log.apply(order.at(receipt));
    assertThat(range(a, "10-19").body()).isEqualTo(film.text(2, 10, 19));
    assertThat(range(b, "10-19").body()).isEqualTo(film.text(2, 10, 19));
  }
}
