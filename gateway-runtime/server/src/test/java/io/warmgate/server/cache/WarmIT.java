package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.server.cache.redis.RealRedis;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one pod warmed the others have. */
class WarmIT {
  private final RealRedis redis = new RealRedis();
  private final CountingOrigin blue = new CountingOrigin();
  private final CountingOrigin green = new CountingOrigin();
  private final Pod a = new Pod();
  private final Pod b = new Pod();
  private final TwoSides sides = new TwoSides(blue.port(), green.port(), HONOR);

  @BeforeEach
  void begin() {
    redis.start();
    for (Pod pod : List.of(a, b)) {
      pod.take(sides.config(pod, 0, null, List.of(), redis.address())).awaitRedis();
    }
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
    blue.close();
    green.close();
    redis.close();
  }

  private static List<Result> warm(Pod pod, Action action, int count) {
    List<WarmRequest> requests =
        IntStream.range(0, count)
            .mapToObj(i -> new WarmRequest("GET", "http", Pod.HOST, "/w" + i, List.of()))
            .toList();
    return Pod.await(
            pod.warm(new WarmOrder(TwoSides.ROUTE, "r-green", action, 8, 20_000, requests)))
        .outcomes()
        .stream()
        .map(Outcome::result)
        .toList();
  }

  @Test
  void onePodFillsAndTheOtherCertifies() {
    assertThat(warm(b, Action.CERTIFY, 50)).containsOnly(Result.MISSING);
    assertThat(warm(a, Action.FILL, 50)).containsOnly(Result.FILLED);
    await().untilAsserted(() -> assertThat(warm(b, Action.CERTIFY, 50)).containsOnly(Result.HIT));
    assertThat(green.requests).hasValue(50);

    redis.close();
    b.take(sides.config(b, 100, null, List.of(), redis.address()));
    assertThat(status(b.get("/w7"))).as("certified into memory").contains("hit");
  }
}
