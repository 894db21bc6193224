package io.warmgate.operator.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServedKindTest {
  private final AtomicLong nanos = new AtomicLong(-7);
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean served;

  private final ServedKind kind =
      new ServedKind(
          "Things",
          () -> {
            asked.incrementAndGet();
            return served;
          },
          nanos::get);

  private static boolean answer(CompletableFuture<Boolean> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void ofManyThatWantToKnowOneAsksEveryHalfMinute() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(answer(kind.ask())).isFalse();
    }
    assertThat(asked).hasValue(1);
    served = true;
    pass(Duration.ofMillis(29_999));
    assertThat(answer(kind.ask())).isFalse();
    assertThat(kind.untilNext()).isEqualTo(Duration.ofMillis(1));
    pass(kind.untilNext());
    assertThat(answer(kind.ask())).isTrue();
    assertThat(asked).hasValue(2);
    served = false;
    pass(Duration.ofSeconds(30));
    assertThat(answer(kind.ask())).isFalse();
  }

  @Test
  void whoeverComesWhileItIsAskedWaitsForThat() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    ServedKind slow =
        new ServedKind(
            "Things",
            () -> {
              try {
                asked.incrementAndGet();
                return go.await(10, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            },
            nanos::get);
    CompletableFuture<Boolean> first = slow.ask();
    pass(Duration.ofHours(1));
    CompletableFuture<Boolean> second = slow.ask();
    assertThat(first).isNotDone();
    go.countDown();
    assertThat(answer(second)).isTrue();
    assertThat(asked).hasValue(1);
  }

  /** Then the watch itself finds out, and says what is wrong. */
  @Test
  void whereNobodyCanSayItIsTried() throws Exception {
    ServedKind unknown =
        new ServedKind(
            "Things",
            () -> {
              throw new KubernetesClientException("refused");
            },
            nanos::get);
    assertThat(answer(unknown.ask())).isTrue();
  }
}
