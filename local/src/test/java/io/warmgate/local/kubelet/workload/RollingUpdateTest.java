package io.warmgate.local.kubelet.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.warmgate.local.kubelet.workload.RollingUpdate.Size;
import io.warmgate.local.kubelet.workload.RollingUpdate.Step;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RollingUpdateTest {

  @ParameterizedTest
  @CsvSource({
    "4, 25%, 25%, 1, 1",
    "3, 25%, 25%, 1, 0",
    "1, 25%, 25%, 1, 0",
    "10, 0, 0, 0, 1",
    "2, 1, 5, 1, 2"
  })
  void resolvesSharesUpForSurgeAndDownForUnavailable(
      int desired, String surge, String unavailable, int maxSurge, int maxUnavailable) {
    var update = RollingUpdate.of(desired, value(surge), value(unavailable));
    assertThat(update).isEqualTo(new RollingUpdate(desired, maxSurge, maxUnavailable));
  }

  private static IntOrString value(String text) {
    return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.parseInt(text));
  }

  @Test
  void oneMoreFirstThenOneLess() {
    var update = new RollingUpdate(2, 1, 0);
    assertThat(update.next(new Size(0, 0), List.of(new Size(2, 2))))
        .isEqualTo(new Step(1, List.of(2)));
    assertThat(update.next(new Size(1, 1), List.of(new Size(2, 2))))
        .isEqualTo(new Step(1, List.of(1)));
    assertThat(update.next(new Size(2, 2), List.of(new Size(1, 1))))
        .isEqualTo(new Step(2, List.of(0)));
  }

  @Test
  void whatIsBrokenGoesFirst() {
    var update = new RollingUpdate(3, 1, 0);
    assertThat(update.next(new Size(1, 1), List.of(new Size(2, 2), new Size(1, 0))))
        .isEqualTo(new Step(1, List.of(2, 0)));
    assertThat(update.next(new Size(1, 0), List.of(new Size(3, 3))))
        .as("the fresh one is not available yet")
        .isEqualTo(new Step(1, List.of(3)));
  }

  /** From any start, with pods that turn ready in any order, the bounds hold and it ends. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void keepsTheBoundsAndArrives(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int desired = 1 + random.nextInt(8);
      int surge = random.nextInt(4);
      int unavailable = surge == 0 ? 1 + random.nextInt(3) : random.nextInt(3);
      var update = new RollingUpdate(desired, surge, Math.min(unavailable, desired));
      var fresh = new Size(0, 0);
      var old = new Size(desired, desired);
      int steps = 0;
      while (fresh.available() < desired || old.replicas() > 0) {
        Step step = update.next(fresh, List.of(old));
        int kept = step.old().getFirst();
        assertThat(step.fresh() + kept).isLessThanOrEqualTo(desired + surge);
        int oldAvailable = Math.min(old.available(), kept);
        assertThat(fresh.available() + oldAvailable)
            .as("seed %d round %d", seed, round)
            .isGreaterThanOrEqualTo(desired - update.maxUnavailable());
        int more = random.nextBoolean() || steps > 100 ? 1 : 0;
        fresh = new Size(step.fresh(), Math.min(step.fresh(), fresh.available() + more));
        old = new Size(kept, oldAvailable);
        assertThat(++steps).isLessThan(500);
      }
    }
  }
}
