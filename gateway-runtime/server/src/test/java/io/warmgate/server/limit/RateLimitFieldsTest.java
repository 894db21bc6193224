package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Limit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitFieldsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "REQUESTS, 100, 60000, '\"a\";q=100;w=60'",
        "REQUESTS, 5, 1500, '\"a\";q=5;w=2'",
        "BYTES, 1048576, 1000, '\"a\";q=1048576;qu=\"content-bytes\";w=1'",
        "BYTES, 1125899906842624, 1000, '\"a\";q=999999999999999;qu=\"content-bytes\";w=1'",
        "TOKENS, 100000, 60000, '\"a\";q=100000;qu=\"tokens\";w=60'",
        "COST, 25000000999, 60000, '\"a\";q=25000000;qu=\"micro-EUR\";w=60'",
        "COST, 999999999999999, 60000, '\"a\";q=999999999999;qu=\"micro-EUR\";w=60'",
        "CONCURRENCY, 8, 0, '\"a\";q=8;qu=\"concurrent-requests\"'",
      })
  void policies(Limit.Unit unit, long amount, long perMillis, String expected) {
    Limit limit =
        new Limit(
            "a",
            Limit.By.ROUTE,
            unit,
            amount,
            perMillis,
            Limit.Hits.FREE,
            Limit.Mode.ENFORCE,
            unit == Limit.Unit.COST ? "EUR" : null);
    assertThat(RateLimitFields.policy(limit)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {"7, 24, '\"a\";r=7;t=24'", "0, 0, '\"a\";r=0'"})
  void limits(long remaining, long seconds, String expected) {
    Limit limit =
        new Limit(
            "a",
            Limit.By.ROUTE,
            Limit.Unit.REQUESTS,
            10,
            1_000,
            Limit.Hits.COUNTED,
            Limit.Mode.ENFORCE);
    StringBuilder text = new StringBuilder();
    RateLimitFields.append(text, RateLimitFields.item(limit), remaining, seconds);
    assertThat(text).hasToString(expected);
  }
}
