package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.admin.WarmReport.Cost;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.Rollout;
import io.warmgate.operator.rollout.RolloutSettings;
import io.warmgate.operator.rollout.RolloutSettings.Check;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route says, and what its gateway says, in one. */
class RolloutCompilerTest {
  private static RolloutSettings settings(String route, String gateway) {
    ApiRoute object = Snapshots.route("catalog", "rollout: " + route + ", rules: []");
    return RolloutCompiler.compile(object, rollout(gateway)).settings();
  }

  private static Rollout rollout(String yaml) {
    return Serialization.unmarshal("# of a gateway\n" + yaml, Rollout.class);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                             | {}                                            | 0
          {steps: [{weight: 10}]}                        | {}                                            | 1
          {steps: [{weight: 10}]}                        | {strategy: BlueGreen}                         | 1
          {steps: [{weight: 10}]}                        | {strategy: Recreate}                          | 1
          {steps: [{weight: 10}]}                        | {strategy: Canary, steps: [{weight: 1}, {weight: 2}]} | 1
          {}                                             | {strategy: Canary, steps: [{weight: 1}, {weight: 2}]} | 2
          {strategy: BlueGreen}                          | {strategy: Canary, steps: [{weight: 1}, {weight: 2}]} | 0
          {strategy: Canary}                             | {strategy: Canary, steps: [{weight: 1}, {weight: 2}]} | 2
          """)
  void stepsOfARouteCount(String route, String gateway, int steps) {
    RolloutSettings settings = settings(route, gateway);
    assertThat(settings.steps()).hasSize(steps);
    assertThat(settings.strategy()).isEqualTo(RolloutSettings.Strategy.WARMED);
  }

  /** What a warm-up may cost is the route's, else the gateway's, and so is its currency. */
  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          {}                                      | {}                                      | -   | 0
          {warmup: {maxCost: "2.50"}}             | {}                                      | USD | 2500000000
          {}                                      | {warmup: {maxCost: "0.000001"}}         | USD | 1000
          {warmup: {maxCost: "2.50"}}             | {warmup: {maxCost: "9", currency: EUR}} | EUR | 2500000000
          {warmup: {maxCost: "1", currency: CHF}} | {warmup: {maxCost: "9", currency: EUR}} | CHF | 1000000000
          """)
  void whatModelsMayCost(String route, String gateway, @Nullable String currency, long nanos) {
    assertThat(settings(route, gateway).warmup().ofModels().maxCost())
        .isEqualTo(currency == null ? null : new Cost(currency, nanos));
  }

  @Test
  void atOnceIsAtOnceWhereTheRouteSaysNothingElse() {
    assertThat(settings("{}", "{strategy: Recreate}").strategy())
        .isEqualTo(RolloutSettings.Strategy.AT_ONCE);
  }

  @Test
  void aCheckHasItsDefaults() {
    Check check =
        Objects.requireNonNull(
            settings("{analysis: {check: {url: 'https://checks.example.com/a?b=c'}}}", "{}")
                .analysis()
                .check());
    assertThat(check)
        .isEqualTo(
            new Check(URI.create("https://checks.example.com/a?b=c"), Duration.ofSeconds(5), 200));
    assertThat(
            settings("{}", "{analysis: {check: {url: 'http://c', timeout: 2s, expectStatus: 204}}}")
                .analysis()
                .check())
        .isEqualTo(new Check(URI.create("http://c"), Duration.ofSeconds(2), 204));
    assertThat(settings("{}", "{}").analysis().check()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a_b:c/, is no URL like",
    "'http://[::1', is no URL",
    "http://a/%zz, is no URL",
  })
  void aCheckThatIsNoUrlIsRefused(String url, String problem) {
    assertThatThrownBy(() -> settings("{analysis: {check: {url: '" + url + "'}}}", "{}"))
        .isInstanceOf(Unusable.class)
        .hasMessageContaining("spec.rollout.analysis.check.url")
        .hasMessageContaining(problem);
  }

  @Test
  void aCheckMayNotTakeForEver() {
    assertThatThrownBy(() -> settings("{analysis: {check: {url: 'http://a', timeout: 1h}}}", "{}"))
        .hasMessageContaining("spec.rollout.analysis.check.timeout");
  }

  @Test
  void tagsToPurgeAreTheRoutes() {
    assertThat(settings("{purgeTags: [listing, home]}", "{}").purgeTags())
        .containsExactly("listing", "home");
  }
}
