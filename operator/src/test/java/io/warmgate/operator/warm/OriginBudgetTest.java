package io.warmgate.operator.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OriginBudgetTest {
  private final AtomicLong nanos = new AtomicLong();
  private final OriginBudget budget = new OriginBudget(nanos::get);

  private int takenIn(int seconds) throws InterruptedException {
    int taken = 0;
    for (int i = 0; i < seconds * 100; i++) {
      nanos.addAndGet(10_000_000);
      while (budget.has(1)) {
        taken += budget.take(1);
      }
    }
    return taken;
  }

  @Test
  void noMoreThanTheRate() throws InterruptedException {
    budget.join("a", 50);
    assertThat(takenIn(10)).isCloseTo(500, within(11));
  }

  @Test
  void theSmallestRateOfAll() throws InterruptedException {
    budget.join("a", 50);
    budget.join("b", 5);
    assertThat(takenIn(10)).isCloseTo(50, within(2));
    budget.leave("b");
    assertThat(takenIn(10)).isCloseTo(500, within(11));
  }

  @Test
  void nothingIsSavedUpForLong() throws InterruptedException {
    budget.join("a", 50);
    nanos.addAndGet(3_600_000_000_000L);
    assertThat(budget.take(1_000)).isEqualTo(10);
  }

  @Test
  void aBackendThatFailsIsAskedLess() throws InterruptedException {
    budget.join("a", 100);
    budget.outcome(8, 8);
    budget.outcome(8, 2);
    assertThat(takenIn(10)).isCloseTo(250, within(6));
    for (int i = 0; i < 20; i++) {
      budget.outcome(8, 8);
    }
    assertThat(takenIn(10)).as("never nothing").isCloseTo(100, within(3));
    for (int i = 0; i < 20; i++) {
      budget.outcome(8, 0);
    }
    assertThat(takenIn(10)).isCloseTo(1_000, within(21));
  }
}
