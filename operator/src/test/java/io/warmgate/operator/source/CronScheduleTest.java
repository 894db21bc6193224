package io.warmgate.operator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "0 6 * * *, UTC, 2026-11-26T05:59:59Z, 2026-11-26T06:00:00Z",
    "0 6 * * *, UTC, 2026-11-26T06:00:00Z, 2026-11-27T06:00:00Z",
    "0 6 * * *, Europe/Berlin, 2026-11-26T00:00:00Z, 2026-11-26T05:00:00Z",
    "0 6 * * *, Europe/Berlin, 2026-06-26T00:00:00Z, 2026-06-26T04:00:00Z",
    "*/15 8-18 * * 1-5, UTC, 2026-11-27T18:45:00Z, 2026-11-30T08:00:00Z",
    "0 0 1 * 1, UTC, 2026-11-26T00:00:00Z, 2026-11-30T00:00:00Z",
    "0 0 29 2 *, UTC, 2026-11-26T00:00:00Z, 2028-02-29T00:00:00Z",
    // Clocks go back: 2:30 comes twice, and is once. They go forward: 2:30 does not come.
    "30 2 * * *, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
    "30 3 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:30:00Z",
  })
  void theNextTime(String text, String zone, Instant from, Instant next) {
    CronSchedule schedule = CronSchedule.parse(text, zone);
    assertThat(schedule.after(from)).contains(next);
    assertThat(schedule.has(next)).isTrue();
    assertThat(schedule.has(next.plusSeconds(60))).isEqualTo(text.startsWith("* "));
    assertThat(schedule.has(next.plusSeconds(1))).isFalse();
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(() -> CronSchedule.parse("0 25 * * *", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("schedule '0 25 * * *': ");
    assertThatThrownBy(() -> CronSchedule.parse("0 6 * * *", "Europe/Atlantis"))
        .hasMessage("timeZone 'Europe/Atlantis' is not known");
  }
}
