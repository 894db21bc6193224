package io.warmgate.operator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.config.admin.TokenCounts;
import io.warmgate.config.admin.Traffic;
import io.warmgate.operator.fake.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrafficWindowTest {
  private static final long HOUR = 3_600_000;
  private final TrafficWindow window = new TrafficWindow(Duration.ofSeconds(10), 3);
  private long now = 77;

  private void pass(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private static Traffic pod(String uid, long startedAt, long uptimeMillis, long hits) {
    return new Traffic(uid, startedAt, uptimeMillis, List.of(Counted.rule(hits, 0)));
  }

  /** One that runs for long. */
  private static Traffic old(String uid, long hits) {
    return pod(uid, 1, HOUR, hits);
  }

  private void heard(Traffic... answers) {
    Set<String> pods = Arrays.stream(answers).map(Traffic::podUid).collect(Collectors.toSet());
    window.heard(List.of(answers), pods, now);
  }

  private long hits() {
    return window.sum(now).stream().mapToLong(rule -> rule.clients().hits()).sum();
  }

  @Test
  void whatWasCountedBeforeItWasAskedIsOfNoTime() {
    heard(old("a", 1_000));
    assertThat(hits()).isZero();
    heard(old("a", 1_010));
    assertThat(hits()).isEqualTo(10);
  }

  private static Traffic asked(String uid, long startedAt, long uptimeMillis, long answers) {
    TokenCounts counts = new TokenCounts(0, 0, 0, answers);
    return new Traffic(
        uid,
        startedAt,
        uptimeMillis,
        List.of(),
        List.of(new ModelTraffic("shop/gpt", null, counts, TokenCounts.NONE)),
        List.of(),
        List.of());
  }

  private long answers() {
    return window.models().stream().mapToLong(model -> model.spent().answers()).sum();
  }

  @Test
  void whatModelsTookIsForgottenNeverAndCountedOnce() {
    heard(asked("a", 1, HOUR, 1_000));
    assertThat(answers()).isZero();
    pass(100);
    heard(asked("a", 1, HOUR, 1_010), asked("b", 7, 5_000, 3));
    assertThat(answers()).isEqualTo(13);
    pass(100);
    // One began anew, one is gone.
    heard(asked("a", 2, 5_000, 4));
    assertThat(answers()).isEqualTo(17);
    pass(1_000);
    heard();
    assertThat(answers()).isEqualTo(17);
    assertThat(window.models()).hasSize(1);
  }

  private static Traffic finding(String uid, String version) {
    ServedVersions found = new ServedVersions("s", List.of(version), List.of(version));
    return new Traffic(uid, 1, HOUR, List.of(), List.of(), List.of(), List.of(found));
  }

  @Test
  void whatAPodFoundLastStandsWhileItIsThere() {
    heard(finding("a", "1"), finding("b", "1"));
    window.heard(List.of(finding("a", "2")), Set.of("a", "b"), now);
    assertThat(window.versions()).containsOnlyKeys("a", "b");
    assertThat(window.versions().get("a"))
        .extracting(ServedVersions::ready)
        .containsExactly(List.of("2"));
    assertThat(window.versions().get("b"))
        .extracting(ServedVersions::ready)
        .containsExactly(List.of("1"));
    heard(finding("b", "2"), old("c", 0));
    assertThat(window.versions()).containsOnlyKeys("b");
  }

  @Test
  void podsAreSummedRuleByRule() {
    heard(old("a", 5), old("b", 7));
    heard(old("a", 6), old("b", 9));
    assertThat(window.sum(now)).hasSize(1);
    assertThat(hits()).isEqualTo(3);
  }

  @Test
  void aPodThatStartedAgainBeganAtZero() {
    heard(old("a", 1_000));
    heard(pod("a", 2, 500, 30));
    heard(pod("a", 2, 900, 35));
    assertThat(hits()).isEqualTo(35);
  }

  @Test
  void aPodThatCameSinceTheLastRoundCountsFromItsStart() {
    heard(old("a", 1_000));
    pass(5);
    heard(old("a", 1_000), pod("b", 5, 4_000, 40));
    assertThat(hits()).isEqualTo(40);
  }

  @Test
  void aPodThatGoesAndIsSeenAgainIsNotCountedTwice() {
    heard(old("a", 0), old("b", 0));
    heard(old("a", 10), old("b", 10));
    pass(5);
    heard(old("a", 10));
    pass(5);
    heard(old("a", 10), old("b", 15));
    assertThat(hits()).isEqualTo(20);
  }

  /** It is known, so that what it counted meanwhile is not lost. */
  @Test
  void aPodThatDoesNotAnswerOnceIsCaughtUpWith() {
    heard(old("a", 0));
    window.heard(List.of(), Set.of("a"), now);
    heard(old("a", 10));
    assertThat(hits()).isEqualTo(10);
  }

  @Test
  void whatIsTooOldIsForgottenStepByStep() {
    heard(old("a", 0));
    heard(old("a", 1));
    pass(10);
    heard(old("a", 11));
    pass(10);
    heard(old("a", 111));
    assertThat(hits()).isEqualTo(111);
    pass(10);
    assertThat(hits()).isEqualTo(110);
    pass(10);
    assertThat(hits()).isEqualTo(100);
    pass(10);
    assertThat(hits()).isZero();
  }

  @Test
  void aRuleThatChangedBeginsAnew() {
    heard(old("a", 0));
    heard(old("a", 10));
    window.forget("shop/catalog", "products");
    assertThat(window.sum(now)).isEmpty();
    heard(old("a", 12));
    assertThat(hits()).isEqualTo(2);
  }

  /**
   * Whatever comes and goes, all that pods say they counted after the first round is summed once.
   */
  @Test
  void nothingIsCountedTwice() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      TrafficWindow all = new TrafficWindow(Duration.ofHours(1), 2);
      long[] counted = new long[3];
      long[] starts = {1, 1, 1};
      long expected = 0;
      for (int round = 0; round < 50; round++) {
        List<Traffic> answers = new ArrayList<>();
        for (int pod = 0; pod < counted.length; pod++) {
          if (round > 0 && random.nextInt(10) == 0) {
            starts[pod]++;
            counted[pod] = 0;
          }
          long more = random.nextInt(5);
          counted[pod] += more;
          expected += round == 0 ? 0 : more;
          answers.add(pod("pod-" + pod, starts[pod], HOUR, counted[pod]));
        }
        all.heard(answers, Set.of("pod-0", "pod-1", "pod-2"), round);
      }
      List<RuleTraffic> sum = all.sum(50);
      assertThat(sum.getFirst().clients().hits()).as("seed " + seed).isEqualTo(expected);
    }
  }
}
