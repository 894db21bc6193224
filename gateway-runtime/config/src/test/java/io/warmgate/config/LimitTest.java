package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitTest {
  private static final Model FREE =
      new Model("a/b", Model.Provider.OPENAI, "m", List.of("m"), null, 1, List.of());

  private static Limit limit(
      Limit.Unit unit, long perMillis, Limit.Hits hits, @Nullable String currency) {
    return new Limit(
        "a", Limit.By.ROUTE, unit, 25_000_000_000L, perMillis, hits, Limit.Mode.ENFORCE, currency);
  }

  private static Limit money(String currency) {
    return limit(Limit.Unit.COST, 1_000, Limit.Hits.FREE, currency);
  }

  /** A runtime of before goes on reading what a limit of before says. */
  @Test
  void aCurrencyIsWrittenWhereThereIsOne() {
    Limit tokens = limit(Limit.Unit.TOKENS, 1_000, Limit.Hits.FREE, null);
    byte[] written = Json.write(tokens);
    assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContain("currency");
    assertThat(Json.read(written, Limit.class)).isEqualTo(tokens);
    assertThat(Json.read(Json.write(money("EUR")), Limit.class)).isEqualTo(money("EUR"));
  }

  @ParameterizedTest
  @CsvSource({
    "COST, 1000, FREE, , currency",
    "TOKENS, 1000, FREE, USD, currency",
    "COST, 1000, COUNTED, USD, hits",
    "COST, 0, FREE, USD, perMillis",
  })
  void whatCannotBeIsNamed(
      Limit.Unit unit, long perMillis, Limit.Hits hits, @Nullable String currency, String field) {
    assertThatThrownBy(() -> limit(unit, perMillis, hits, currency))
        .isInstanceOfSatisfying(
            ConfigException.class, refused -> assertThat(refused.path()).isEqualTo(field));
  }

  @Test
  void moneyIsCountedInItsOwnCurrencyAlone() {
    Model priced = FREE.at(new Price("USD", 1, 1, 1, 0));
    assertThat(money("USD").counts(priced)).isTrue();
    assertThat(money("EUR").counts(priced)).isFalse();
    assertThat(money("USD").counts(FREE)).as("without a price").isFalse();
    assertThat(limit(Limit.Unit.TOKENS, 1_000, Limit.Hits.FREE, null).counts(FREE)).isTrue();
  }
}
