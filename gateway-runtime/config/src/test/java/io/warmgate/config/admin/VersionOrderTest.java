package io.warmgate.config.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {
  @ParameterizedTest
  @CsvSource({
    "9, 10",
    "1, 2",
    "v9, v10",
    "v1.9, v1.10",
    "1, 1.0",
    "1.0-rc1, 1.0-rc2",
    "2025-12, 2026-01",
    "1a, 1b",
    "12345678901234567890123, 12345678901234567890124",
    "01, 1",
  })
  void theSecondIsNewer(String older, String newer) {
    assertThat(VersionOrder.NEWEST_LAST.compare(older, newer)).isNegative();
    assertThat(VersionOrder.NEWEST_LAST.compare(newer, older)).isPositive();
    assertThat(VersionOrder.NEWEST_LAST.compare(newer, newer)).isZero();
  }
}
