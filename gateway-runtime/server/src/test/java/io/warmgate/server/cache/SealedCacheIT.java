package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.server.cache.redis.RealRedis;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two pods that encrypt what they keep in a real Redis. */
class SealedCacheIT {
  private static final String OLD = key(1);
  private static final String NEW = key(2);

  private final RealRedis redis = RealRedis.started();
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod a = new Pod();
  private final Pod b = new Pod();

  private static String key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
    origin.close();
    redis.close();
  }

  private void serve(Pod pod, String... keys) {
    pod.values.encryptWith(List.of(keys));
    pod.serve(origin.port(), HONOR, "g1", redis.address());
  }

  /** Until what one pod fetched the other finds, if it ever does. */
  private void awaitShared() {
    await().atMost(10, TimeUnit.SECONDS).until(() -> shared());
  }

  private boolean shared() {
    String path = "/shared-" + System.nanoTime();
    return a.get(path).body().equals(b.get(path).body());
  }

  private void awaitLog() {
    for (Pod pod : List.of(a, b)) {
      await().atMost(10, TimeUnit.SECONDS).until(() -> pod.log.purges().trustedEpoch() != null);
    }
  }

  private long entries() {
    return redis.ask("KEYS *").lines().filter(key -> key.matches("wg:.*:[0-9a-f]{64}")).count();
  }

  /** Every key's value, as it is on the wire. */
  private String everything() {
    StringBuilder all = new StringBuilder();
    for (String line : redis.ask("KEYS *").split("\r\n")) {
      if (line.startsWith("wg:") && !line.endsWith(":log")) {
        all.append(redis.ask("GET " + line));
      }
    }
    return all.toString();
  }

  @Test
  void nothingOfAnAnswerLiesInRedisInPlain() {
    origin.answer =
        request -> {
          request.response().putHeader("surrogate-key", "secret-tag");
          origin.respond(request, "max-age=60");
        };
    serve(a);
    serve(b);
    awaitLog();
    awaitShared();
    assertThat(everything()).contains("answer ", "secret-tag", "/shared-");

    serve(a, OLD);
    serve(b, OLD);
    redis.ask("FLUSHALL");
    awaitLog();
    awaitShared();
    assertThat(everything()).contains("WGCX").doesNotContain("answer ", "secret-tag", "/shared-");
  }

  @Test
  void aNewKeyTakesOverWithoutAFlush() {
    serve(a, OLD);
    serve(b, OLD);
    awaitLog();
    awaitShared();
    long kept = entries();
    String before = a.get("/before").body();
    await().atMost(5, TimeUnit.SECONDS).until(() -> entries() > kept);

    serve(a, NEW, OLD);
    serve(b, NEW, OLD);
    assertThat(b.get("/before").body()).isEqualTo(before);
    awaitShared();

    serve(a, NEW);
    serve(b, NEW);
    awaitShared();
  }

  @Test
  void whoHasAnotherKeyOrNoneHasAMiss() {
    serve(a, OLD);
    serve(b, NEW);
    awaitLog();
    for (int i = 0; i < 5; i++) {
      assertThat(a.get("/" + i).body()).isNotEqualTo(b.get("/" + i).body());
      assertThat(status(a.get("/" + i))).contains("hit");
    }
    serve(a);
    for (int i = 0; i < 5; i++) {
      assertThat(a.get("/plain-" + i).body()).isNotEqualTo(b.get("/plain-" + i).body());
    }
  }
}
