package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BurstTest {
  private static final long MS = 1_000_000;

  @Test
  void aChangeAloneIsTakenAtOnce() {
    assertThat(Burst.more(null, 0).pause(0)).isZero();
  }

  @Test
  void ofSeveralTheLastMustBeAWhileAgo() {
    Burst burst = Burst.more(Burst.more(null, 0), 10 * MS);
    assertThat(burst.pause(10 * MS)).isEqualTo(Burst.QUIET);
    assertThat(burst.pause(10 * MS + Burst.QUIET.toNanos())).isZero();
  }

  @Test
  void theFirstDoesNotWaitForever() {
    Burst burst = Burst.more(null, 0);
    for (int i = 1; i < 1_000; i++) {
      burst = Burst.more(burst, i * (10 * MS));
    }
    assertThat(burst.pause(990 * MS)).isEqualTo(Duration.ofMillis(10));
    assertThat(burst.pause(1_000 * MS)).isZero();
  }
}
