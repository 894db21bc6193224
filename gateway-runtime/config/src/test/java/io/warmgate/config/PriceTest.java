package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PriceTest {
  /** 0.0375, 0.01 and 0.15 a million tokens. */
  private static final Price CHEAP = new Price("USD", 37_500, 10_000, 150_000, 0);

  @Test
  void nothingIsRounded() {
    // A tenth and two tenths are not three tenths where fractions are binary.
    assertThat(CHEAP.of(1, 0, 0, 0, 0)).isEqualByComparingTo("0.0000000375");
    assertThat(CHEAP.of(1, 1, 1, 0, 0)).isEqualByComparingTo("0.0000001975");
    assertThat(CHEAP.of(9_000_000_000_000L, 0, 1, 0, 0)).isEqualByComparingTo("337500.00000015");
  }

  @Test
  void answersMayHaveAPriceOfTheirOwn() {
    assertThat(new Price("EUR", 0, 0, 0, 1_000_000_000_000L).of(5, 5, 5, 3, 0))
        .isEqualByComparingTo("3");
  }

  @Test
  void whatIsLargerThanALongIsExactStill() {
    Price dear = new Price("IDR", 1_000_000_000_000L, 0, 0, 0);
    assertThat(dear.of(Long.MAX_VALUE, 0, 0, 0, 0)).isEqualByComparingTo("9223372036854775807");
  }

  @Test
  void limitsCountBillionthsAndNoneTooFew() {
    assertThat(CHEAP.nanos(1, 0, 0, 0, 0)).as("of 37.5").isEqualTo(38);
    assertThat(CHEAP.nanos(2, 0, 0, 0, 0)).isEqualTo(75);
    assertThat(CHEAP.nanos(2, 3, 4, 0, 0)).isEqualTo(75 + 30 + 600);
    assertThat(CHEAP.nanos(0, 0, 0, 0, 0)).isZero();
    assertThat(new Price("EUR", 0, 0, 0, 1_000_000_000_000L).nanos(5, 5, 5, 2, 0))
        .isEqualTo(2_000_000_000);
    assertThat(new Price("IDR", 1_000_000_000_000L, 0, 0, 0).nanos(Long.MAX_VALUE, 0, 0, 0, 0))
        .isEqualTo(1_000_000_000_000_000L);
  }

  /** 2.20 an hour, rounded to a millionth a second. */
  @Test
  void timeIsCountedInMicroseconds() {
    Price gpu = new Price("USD", 0, 0, 0, 1_000_000, 611_000_000L);
    assertThat(gpu.of(5, 5, 5, 1, 1_000_000)).isEqualByComparingTo("0.000612");
    assertThat(gpu.of(0, 0, 0, 0, 1)).isEqualByComparingTo("0.000000000611");
    assertThat(gpu.nanos(0, 0, 0, 0, 1)).as("of 0.611").isEqualTo(1);
    assertThat(gpu.nanos(0, 0, 0, 0, 2_000)).as("of 1222").isEqualTo(1_222);
    assertThat(gpu.countsTime()).isTrue();
    assertThat(CHEAP.of(1, 0, 0, 0, 3_600_000_000L))
        .as("costs nothing else")
        .isEqualTo(CHEAP.of(1, 0, 0, 0, 0));
    assertThatThrownBy(() -> new Price("USD", 0, 0, 0, 0, 0L)).isInstanceOf(ConfigException.class);
  }

  @Test
  void aPriceIsNotNegative() {
    assertThatThrownBy(() -> new Price("USD", -1, 0, 0, 0)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> new Price("", 1, 0, 0, 0)).isInstanceOf(ConfigException.class);
  }

  @Test
  void aModelKeepsItsPriceUnderAnotherId() {
    Model model = new Model("a/b", Model.Provider.OPENAI, "m", List.of("m"), null, 1, List.of());
    assertThat(model.price()).isNull();
    assertThat(model.at(CHEAP).withId("a/c").price()).isEqualTo(CHEAP);
  }
}
