package io.warmgate.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerRulesTest {

  @Test
  void backOffDoublesFromTenSecondsToFiveMinutes() {
    var delays = new ArrayList<Long>();
    var backOff = RestartBackOff.NONE;
    for (int i = 0; i < 9; i++) {
      backOff = backOff.ended(Duration.ofSeconds(1));
      delays.add(backOff.delay().toSeconds());
    }
    assertThat(delays).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
  }

  @Test
  void aLongRunIsForgiven() {
    var backOff = new RestartBackOff(6).ended(Duration.ofMinutes(10));
    assertThat(backOff.delay()).isZero();
  }

  @Test
  void aVerdictTurnsAfterTheThresholdOnly() {
    var results = List.of(true, false, false, true, false, false, false, true);
    var verdicts = new ArrayList<Boolean>();
    var counter = ProbeCounter.initially(false);
    for (boolean result : results) {
      counter = counter.after(result, 1, 3);
      verdicts.add(counter.passing());
    }
    assertThat(verdicts).containsExactly(true, true, true, true, true, true, false, true);
  }
}
