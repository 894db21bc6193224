package io.warmgate.operator.warm;

import static io.warmgate.operator.warm.FakePods.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Money;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport.Cost;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.rollout.ModelLimits;
import io.warmgate.operator.rollout.Warmth;
import io.warmgate.operator.source.Related;
import io.warmgate.operator.warm.FakePods.Pod;
import io.warmgate.operator.warm.WarmTarget.Limits;
import io.warmgate.operator.warm.WarmTarget.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions to models that are listed, and what they may cost. */
class ModelWarmingTest {
  private static final int QUESTIONS = 20;
  private static final int TOKENS = 7;
  private static final int CONCURRENCY = 4;
  private static final Cost COST = new Cost("USD", 250_000_000);

  private final FakePods fake = new FakePods();
  private final List<WarmPod> pods =
      new CopyOnWriteArrayList<>(List.of(fake.pod("a"), fake.pod("b")));
  @AutoClose private final Warmers warmers = new Warmers(() -> List.copyOf(pods), () -> {});

  @BeforeEach
  void answers() {
    for (int i = 0; i < QUESTIONS; i++) {
      fake.answers.put("/q" + i, outcome(Result.FILLED, true).taking(TOKENS, COST));
    }
  }

  private static List<WarmRequest> questions() {
    return IntStream.range(0, QUESTIONS)
        .mapToObj(
            i ->
                new WarmRequest(
                    "POST",
                    "http",
                    null,
                    "shop.test",
                    "/q" + i,
                    List.of(),
                    new WarmRequest.Question("{}", null)))
        .toList();
  }

  /** A route that clients ask nothing of that is remembered. */
  private Warmth warm(ModelLimits limits, Reach reach) {
    return warm(limits, reach, CONCURRENCY);
  }

  private Warmth warmOneByOne(ModelLimits limits, Reach reach) {
    return warm(limits, reach, 1);
  }

  private Warmth warm(ModelLimits limits, Reach reach, int concurrency) {
    pods.forEach(pod -> ((Pod) pod).idle = true);
    WarmTarget target =
        new WarmTarget(
            "shop/models",
            "green",
            Instant.EPOCH,
            new Limits(1_000, 1_000, concurrency, limits),
            reach,
            questions(),
            List.of(),
            Related.NONE,
            null);
    warmers.want("shop/models", target, 0.9);
    await().until(() -> warmers.warmth("shop/models", "green").progress() == Warmth.Progress.DONE);
    return warmers.warmth("shop/models", "green");
  }

  private long asked() {
    return pods.stream()
        .flatMap(pod -> ((Pod) pod).orders.stream())
        .filter(order -> order.action() != Action.CERTIFY)
        .mapToLong(order -> order.requests().size())
        .sum();
  }

  @Test
  void allAreAskedOnceAndCertifiedOnEveryPod() {
    Warmth warmth = warm(ModelLimits.DEFAULT, Reach.ALL_PODS);
    assertThat(warmth.planned()).isEqualTo(QUESTIONS);
    assertThat(warmth.certified()).isEqualTo(QUESTIONS);
    assertThat(warmth.coveragePercent()).isEqualTo(100);
    assertThat(warmth.problem()).isNull();
    assertThat(warmth.spent())
        .isEqualTo(
            new Warmth.Spent(
                QUESTIONS, QUESTIONS * TOKENS, 0, new TreeMap<>(Map.of("USD", 5_000_000_000L))));
  }

  @Test
  void whenTheBudgetIsUsedUpWhatIsThereIsCertified() {
    Warmth warmth = warm(new ModelLimits(15, Long.MAX_VALUE, null), Reach.ALL_PODS);
    assertThat(asked()).isEqualTo(15);
    assertThat(warmth.certified()).isEqualTo(15);
    assertThat(warmth.coveragePercent()).isEqualTo(75);
    assertThat(warmth.spent().inferences()).isEqualTo(15);
    assertThat(warmth.problem())
        .isEqualTo("5 questions to models are not asked: 15 were, and maxInferences is 15");
  }

  @Test
  void tokensToo() {
    Warmth warmth = warmOneByOne(new ModelLimits(1_000, 50, null), Reach.ALL_PODS);
    assertThat(asked()).isEqualTo(8);
    assertThat(warmth.coveragePercent()).isEqualTo(40);
    assertThat(warmth.problem())
        .isEqualTo(
            "12 questions to models are not asked: 56 tokens were used, and maxTokens is 50");
  }

  @Test
  void moneyToo() {
    Warmth warmth = warmOneByOne(costing("1.8"), Reach.ALL_PODS);
    assertThat(asked()).isEqualTo(8);
    assertThat(warmth.coveragePercent()).isEqualTo(40);
    assertThat(warmth.problem())
        .isEqualTo(
            "12 questions to models are not asked: 2.000000 USD were spent, and maxCost is"
                + " 1.800000");
  }

  /** How many are in an order is up to the origin's budget. */
  @Test
  void theOrderThatIsUnderWayIsTheLast() {
    warm(costing("1.8"), Reach.ALL_PODS);
    assertThat(asked()).isBetween(8L, 8L + CONCURRENCY - 1);
  }

  /** The next pod is not asked for what the one before has used up. */
  @Test
  void withoutRedisMoneyEndsItBetweenPodsToo() {
    pods.forEach(pod -> ((Pod) pod).alone = true);
    Warmth warmth = warmOneByOne(costing("0.25"), Reach.ONE_POD);
    assertThat(asked()).isEqualTo(1);
    assertThat(warmth.certified()).isZero();
  }

  /** What cannot be counted is not spent on. */
  @Test
  void whatHasNoPriceInTheCurrencyEndsIt() {
    for (Cost unknown : new Cost[] {null, new Cost("EUR", 1)}) {
      answers();
      fake.answers.put("/q0", outcome(Result.FILLED, true).taking(0, unknown));
      assertThat(warm(costing("1000"), Reach.ALL_PODS).problem())
          .endsWith("a model has no price in USD, and maxCost counts what they cost in it");
    }
  }

  /** A try that came to nothing was not paid. */
  @Test
  void whatNobodyAnsweredNeedsNoPrice() {
    fake.answers.put("/q3", new Outcome(Result.FAILED, 429, true, 5, 0, "status 429"));
    Warmth warmth = warm(costing("1000"), Reach.ALL_PODS);
    assertThat(warmth.coveragePercent()).isEqualTo(95);
    assertThat(warmth.problem()).isEqualTo("status 429");
  }

  /** The model may have worked all the same. */
  @Test
  void whatDidNotComeInTimeCountsAsTheDearest() {
    ModelBudget budget = new ModelBudget(costing("1"));
    budget.spend(outcome(Result.FILLED, true).taking(TOKENS, COST));
    budget.spend(outcome(Result.FILLED, true).taking(1, new Cost("USD", 1)));
    budget.spend(new Outcome(Result.FAILED, 0, true, 0, 0, "too late"));
    budget.spend(new Outcome(Result.FAILED, 429, true, 5, 0, "status 429"));
    assertThat(budget.spent())
        .isEqualTo(
            new Warmth.Spent(4, 2 * TOKENS + 1, 0, new TreeMap<>(Map.of("USD", 500_000_001L))));
  }

  private static ModelLimits costing(String most) {
    return new ModelLimits(1_000, Long.MAX_VALUE, new Cost("USD", Money.nanos(most)));
  }

  @Test
  void noneAtAll() {
    Warmth warmth = warm(new ModelLimits(0, Long.MAX_VALUE, null), Reach.ALL_PODS);
    assertThat(asked()).isZero();
    assertThat(warmth.coveragePercent()).isZero();
  }

  /** Pods that share nothing ask each for itself: no pod begins what the others could not do. */
  @Test
  void withoutRedisEachPodsQuestionCounts() {
    pods.forEach(pod -> ((Pod) pod).alone = true);
    Warmth warmth = warm(new ModelLimits(9, Long.MAX_VALUE, null), Reach.ONE_POD);
    assertThat(asked()).isEqualTo(8);
    assertThat(warmth.certified()).isEqualTo(4);
  }

  /** It is no reason to keep a release back for ever. */
  @Test
  void whatCannotBeKeptDoesNotCountAsMissing() {
    fake.answers.put("/q3", outcome(Result.CHANGED, true).taking(TOKENS, COST));
    fake.answers.put("/q4", outcome(Result.NOT_ROUTED, false));
    Warmth warmth = warm(ModelLimits.DEFAULT, Reach.ALL_PODS);
    assertThat(warmth.certified()).isEqualTo(QUESTIONS - 2);
    assertThat(warmth.failed()).isEqualTo(2);
    assertThat(warmth.changedPercent()).isZero();
    assertThat(warmth.coveragePercent()).isEqualTo(100);
  }

  @Test
  void whatFailedDoes() {
    fake.answers.put("/q3", new Outcome(Result.FAILED, 429, true, 5, 0, "status 429"));
    Warmth warmth = warm(ModelLimits.DEFAULT, Reach.ALL_PODS);
    assertThat(warmth.coveragePercent()).isEqualTo(95);
    assertThat(warmth.problem()).isEqualTo("status 429");
    assertThat(warmth.spent().inferences()).as("each try").isGreaterThan(QUESTIONS);
  }

  @Test
  void anOrderIsNoLongerThanAPodReads() {
    String half = "x".repeat(1 << 20);
    List<WarmRequest> long3 =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new WarmRequest(
                        "POST",
                        "http",
                        null,
                        "shop.test",
                        "/q" + i,
                        List.of(),
                        new WarmRequest.Question(half, null)))
            .toList();
    assertThat(Batch.first(long3, 500, 500)).hasSize(2);
    assertThat(Batch.first(long3, 1, 500)).hasSize(1);
    List<WarmRequest> mixed =
        List.of(long3.get(0), long3.get(1), WarmPlanTest.get("/a"), WarmPlanTest.get("/b"));
    assertThat(Batch.first(mixed, 500, 1))
        .containsExactly(mixed.get(0), mixed.get(2), mixed.get(3));
    assertThat(Batch.pause(mixed)).isEqualTo(Duration.ofMillis((2 << 20) / 200));
    assertThat(Batch.pause(List.of(WarmPlanTest.get("/a")))).isZero();
  }
}
