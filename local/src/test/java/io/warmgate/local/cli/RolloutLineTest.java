package io.warmgate.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.ApiRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutLineTest {
  private static RolloutLine line(String metadata, String status) {
    return RolloutLine.of(
        Serialization.unmarshal(
            """
            kind: ApiRoute
            metadata: {name: catalog, %s}
            spec: {parentRefs: [{name: edge}]}
            status: %s
            """
                .formatted(metadata, status),
            ApiRoute.class));
  }

  @ParameterizedTest(name = "{0}; {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          generation: 2 | {observedGeneration: 2, rollout: {phase: Steady, release: a}} | true
          generation: 3 | {observedGeneration: 2, rollout: {phase: Steady, release: a}} | false
          generation: 3 | {observedGeneration: 2} | false
          generation: 2 | {observedGeneration: 2} | true
          generation: 1 | {} | false
          generation: 2 | {observedGeneration: 2, rollout: {phase: Warming, release: a, next: b}} | false
          'generation: 2, annotations: {warmgate.io/rollout: retry}' | {observedGeneration: 2, rollout: {phase: Steady, release: a, failed: {release: b, reason: Aborted, message: x}}} | false
          generation: 2 | {observedGeneration: 2, rollout: {phase: Steady, release: a, failed: {release: b, reason: Aborted, message: x}}} | true
          """)
  void isOverWhenTheOperatorHasSeenWhatIsWritten(String metadata, String status, boolean over) {
    assertThat(line(metadata, status).over()).isEqualTo(over);
  }

  @Test
  void saysWhatItWaitsFor() {
    assertThat(line("generation: 2", "{observedGeneration: 1}").text())
        .isEqualTo("nothing has been rolled out yet; the operator has yet to see what is written");
    assertThat(
            line(
                    "generation: 1, annotations: {warmgate.io/rollout: retry}",
                    "{observedGeneration: 1}")
                .text())
        .endsWith("the operator has yet to see the order 'retry'");
  }

  @Test
  void oneThatWasLeftHasFailed() {
    RolloutLine left =
        line(
            "generation: 2",
            "{observedGeneration: 2, rollout: {phase: Steady, release: a, failed: {release: b,"
                + " reason: Aborted, message: somebody aborted it}}}");
    assertThat(left.failed()).isTrue();
    assertThat(left.text()).contains("b was left: Aborted: somebody aborted it");
  }
}
