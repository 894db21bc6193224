package io.warmgate.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.crd.v1alpha1.RedisCacheSpec;
import io.warmgate.crd.v1alpha1.RedisEviction;
import io.warmgate.crd.v1alpha1.RedisMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

/**
 * A real Redis ({@code redis-server} on the PATH) with the configuration that a Standalone server
 * gets, filled beyond its memory: what goes, and that the log never does.
 */
class RedisEvictionIT {
  private static final String PASSWORD = "a-password";
  private static final String BODY = "x".repeat(1_024);
  private static final int LOGGED = 100;
  private static final int DEAR = 500;
  private static final int OTHERS = 4_500;
  private static final int NEW = 4_000;
  private static final long HOUR = 3_600_000;

  @TempDir private Path folder = Path.of("");

  private static String config(@Nullable RedisEviction eviction) {
    return RedisConfig.of(
        new RedisCacheSpec(RedisMode.STANDALONE, null, "8Mi", eviction, null, null), PASSWORD);
  }

  @ParameterizedTest
  @EnumSource
  @NullSource
  void whatIsDearToThePolicyStaysAndSoDoesTheLog(@Nullable RedisEviction eviction)
      throws IOException {
    RedisEviction policy = eviction == null ? RedisCacheSpec.DEFAULT_EVICTION : eviction;
    try (FullRedis redis = new FullRedis(config(eviction), PASSWORD, folder)) {
      assertThat(redis.ask("CONFIG GET maxmemory-policy"))
          .isEqualTo(
              "maxmemory-policy volatile-" + policy.name().toLowerCase(java.util.Locale.ROOT));
      redis.ask(Collections.nCopies(LOGGED, "XADD wg:{u}:log * order {}"));
      store(redis, "dear", DEAR, HOUR);
      store(redis, "other", OTHERS, HOUR / 6);
      assertThat(share(redis, "dear", DEAR)).as("before it is full").isEqualTo(1);
      assertThat(share(redis, "other", OTHERS)).as("before it is full").isEqualTo(1);
      makeDear(redis, policy);
      store(redis, "new", NEW, HOUR / 2);

      double dear = share(redis, "dear", DEAR);
      double others = share(redis, "other", OTHERS);
      assertThat(others).as("others").isLessThan(0.75);
      if (policy == RedisEviction.RANDOM) {
        assertThat(dear).isBetween(others - 0.12, others + 0.12);
      } else {
        assertThat(dear).as("dear beside %s of the others", others).isGreaterThan(0.95);
      }
      assertThat(redis.ask("XLEN wg:{u}:log")).isEqualTo(":" + LOGGED);
    }
  }

  /** By their expiry they are dear from the start. */
  private static void makeDear(FullRedis redis, RedisEviction policy) throws IOException {
    switch (policy) {
      // Redis tells times of use apart by the second.
      case LRU -> {
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> redis.ask("OBJECT IDLETIME other:" + (OTHERS - 1)).compareTo(":2") >= 0);
        redis.ask(keys("TOUCH dear:%d", DEAR));
      }
      // It counts logarithmically.
      case LFU -> redis.ask(keys("TOUCH" + " dear:%1$d".repeat(100), DEAR));
      case TTL -> {}
      // As dear as could be, were it to count.
      case RANDOM -> redis.ask(keys("TOUCH" + " dear:%1$d".repeat(100), DEAR));
    }
  }

  private static void store(FullRedis redis, String name, int count, long expiryMillis)
      throws IOException {
    redis.ask(keys("SET " + name + ":%d " + BODY + " PX " + expiryMillis, count));
  }

  private static double share(FullRedis redis, String name, int count) throws IOException {
    long there =
        redis.ask(keys("EXISTS " + name + ":%d", count)).stream().filter(":1"::equals).count();
    return (double) there / count;
  }

  private static List<String> keys(String command, int count) {
    return IntStream.range(0, count).mapToObj(command::formatted).toList();
  }
}
