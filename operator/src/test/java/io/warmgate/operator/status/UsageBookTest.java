package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Price;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.TokenCounts;
import io.warmgate.crd.v1alpha1.ModelCost;
import io.warmgate.crd.v1alpha1.ModelUsage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a model's status tells of what it took. */
class UsageBookTest {
  private static final Instant BEGIN = Instant.parse("2026-11-27T08:00:00Z");

  /** 0.25 and 2 a million tokens. */
  private static final Price DOLLARS = new Price("USD", 250_000, 25_000, 2_000_000, 0);

  private final UsageBook book = new UsageBook(null, BEGIN);

  /** So many answers of 100 tokens read, 10 of them cached, and 20 written; twice as many saved. */
  private static ModelTraffic answers(@Nullable Price price, long count) {
    return new ModelTraffic(
        "shop/gpt",
        price,
        new TokenCounts(90 * count, 10 * count, 20 * count, count),
        new TokenCounts(200 * count, 0, 40 * count, 2 * count));
  }

  private static Instant after(long seconds) {
    return BEGIN.plusSeconds(seconds);
  }

  @Test
  void nothingIsToldWhereNothingWasAsked() {
    assertThat(book.tell("edge", List.of(), after(600))).isNull();
  }

  @Test
  void itIsToldAtOnceAndThenOnceAMinute() {
    ModelUsage first =
        Objects.requireNonNull(book.tell("edge", List.of(answers(null, 2)), after(60)));
    assertThat(first).isEqualTo(new ModelUsage(200L, 40L, 400L, 80L, List.of()));
    assertThat(book.tell("edge", List.of(answers(null, 3)), after(119))).isSameAs(first);
    assertThat(book.tell("edge", List.of(answers(null, 3)), after(120)))
        .isEqualTo(new ModelUsage(300L, 60L, 600L, 120L, List.of()));
  }

  @Test
  void timeThatCostsIsMoney() {
    Price gpu = new Price("USD", 0, 0, 0, 0, 611_000_000L);
    ModelTraffic hour =
        new ModelTraffic(
            "shop/eye",
            gpu,
            new TokenCounts(0, 0, 0, 9, 3_600_000_000L),
            new TokenCounts(0, 0, 0, 90, 36_000_000_000L));
    assertThat(book.tell("edge", List.of(hour), after(60)))
        .isEqualTo(
            new ModelUsage(0L, 0L, 0L, 0L, List.of(new ModelCost("USD", "2.199600", "21.996000"))));
  }

  @Test
  void moneyIsAddedUpByCurrencyAndPrice() {
    Price later = new Price("USD", 0, 0, 1_000_000, 0);
    ModelUsage told =
        book.tell(
            "edge",
            List.of(
                answers(DOLLARS, 100),
                answers(later, 100),
                answers(new Price("EUR", 0, 0, 0, 1_000_000_000_000L), 3),
                answers(null, 1)),
            after(60));
    // 9,000 * 0.25 + 1,000 * 0.025 + 2,000 * 2 millionths, and 2,000 millionths.
    assertThat(Objects.requireNonNull(told).costs())
        .containsExactly(
            new ModelCost("EUR", "3.000000", "6.000000"),
            new ModelCost("USD", "0.008275", "0.017000"));
  }

  @Test
  void gatewaysAreAddedUp() {
    book.tell("edge", List.of(answers(null, 1)), after(1));
    assertThat(book.tell("inner", List.of(answers(null, 2)), after(61)))
        .isEqualTo(new ModelUsage(300L, 60L, 600L, 120L, List.of()));
  }

  @Test
  void anotherGatewayByTheSameNameTakesNothingAway() {
    book.tell("edge", List.of(answers(DOLLARS, 100)), after(60));
    ModelUsage told = book.tell("edge", List.of(answers(DOLLARS, 1)), after(120));
    assertThat(Objects.requireNonNull(told).outputTokens()).isEqualTo(2_020);
  }

  @Test
  void theNextOperatorGoesOnFromWhatIsTold() {
    ModelUsage told =
        Objects.requireNonNull(book.tell("edge", List.of(answers(DOLLARS, 100)), after(60)));
    UsageBook next = new UsageBook(told, after(100));
    assertThat(next.tell("edge", List.of(), after(101))).isSameAs(told);
    assertThat(next.tell("edge", List.of(answers(DOLLARS, 100)), after(160)))
        .isEqualTo(
            new ModelUsage(
                20_000L,
                4_000L,
                40_000L,
                8_000L,
                List.of(new ModelCost("USD", "0.012550", "0.026000"))));
  }
}
