package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.server.cache.redis.RealRedis;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new pod has in memory what the gateway is asked for before it is ready. */
class FirstCopyIT {
  private static final int HOT = 300;
  private final RealRedis redis = new RealRedis();
  private final CountingOrigin blue = new CountingOrigin();
  private final CountingOrigin green = new CountingOrigin();
  private final Pod before = new Pod();
  private final TwoSides sides = new TwoSides(blue.port(), green.port(), HONOR);

  @BeforeEach
  void begin() {
    redis.start();
    for (CountingOrigin origin : List.of(blue, green)) {
      origin.answer =
          request -> {
            if (request.path().endsWith("0")) {
              request.response().putHeader("vary", "accept-language");
            }
            origin.respond(request, "max-age=600");
          };
    }
  }

  @AfterEach
  void end() {
    before.close();
    blue.close();
    green.close();
    redis.close();
  }

  @Test
  void aNewPodAnswersTheHotSetFromMemory() {
    before.take(sides.config(before, 50, null, List.of(), redis.address())).awaitRedis();
    for (int i = 0; i < HOT; i++) {
      for (int twice = 0; twice < 2; twice++) {
        before.get("/h" + i, "accept-language", "de");
      }
    }
    Pod.await(before.warming.share());
    int fetched = blue.requests.get() + green.requests.get();

    try (Pod now = new Pod()) {
      now.take(sides.config(now, 50, null, List.of(), redis.address()));
      assertThat(now.warming.pending()).isNotNull();
      await().until(() -> now.warming.pending() == null);
      redis.close();
      int hits = 0;
      for (int i = 0; i < HOT; i++) {
        String status = status(now.get("/h" + i, "accept-language", "de"));
        hits += status.contains("hit") ? 1 : 0;
      }
      // Those that came to one side both times are on that side alone, and drawn anew here.
      assertThat(hits).isGreaterThan(HOT / 2);
      assertThat(blue.requests.get() + green.requests.get() - fetched).isEqualTo(HOT - hits);
    }
  }

  @Test
  void aNewPodWithOneReleaseHasAllOfIt() {
    before.take(sides.alone(before, redis.address())).awaitRedis();
    askAll();
    // Each of them, and what each tenth varies by: stores end after their answers, and a request
    // that comes before is remembered without what its answer varies by.
    await().until(() -> entries() >= HOT + HOT / 10);
    askAll();
    Pod.await(before.warming.share());
    assertThat(blue.requests).hasValue(HOT);
    try (Pod now = new Pod()) {
      now.take(sides.alone(now, redis.address()));
      await().until(() -> now.warming.pending() == null);
      redis.close();
      for (int i = 0; i < HOT; i++) {
        assertThat(status(now.get("/h" + i, "accept-language", "de"))).contains("hit");
      }
      assertThat(blue.requests).hasValue(HOT);
    }
  }

  private void askAll() {
    for (int i = 0; i < HOT; i++) {
      before.get("/h" + i, "accept-language", "de");
    }
  }

  private long entries() {
    return redis
        .ask("KEYS *")
        .lines()
        .filter(line -> line.matches(".*[0-9a-f]{64}"))
        .distinct()
        .count();
  }

  @Test
  void withoutRedisThereIsNothingToWaitFor() {
    before.take(sides.alone(before, null));
    await().until(() -> before.warming.pending() == null);
  }
}
