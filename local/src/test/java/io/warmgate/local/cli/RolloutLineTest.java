package io.warmgate.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void aGatewaysPodsHaveALineToo() {
    RolloutLine line =
        RolloutLine.of(
            Serialization.unmarshal(
                """
                kind: ApiGateway
                metadata: {name: edge, generation: 4}
                spec: {listeners: [{name: http, port: 8080, protocol: HTTP}]}
                status: {observedGeneration: 3, rollout: {phase: Steady, release: a1}}
                """,
                ApiGateway.class));
    assertThat(line.over()).isFalse();
    assertThat(line.text()).startsWith("Steady").contains("a1").endsWith("what is written");
    assertThat(RolloutLine.of(null)).isEqualTo(new RolloutLine("it is gone", true, true));
  }

  @ParameterizedTest
  @CsvSource({
    "catalog, apiroute/catalog",
    "ar/catalog, apiroute/catalog",
    "route/catalog, apiroute/catalog",
    "APIRoute/catalog, apiroute/catalog",
    "apiroutes.warmgate.io/catalog, apiroute/catalog",
    "apigateway/edge, apigateway/edge",
    "agw/edge, apigateway/edge",
    "gateway/edge, apigateway/edge",
  })
  void namesAreKubectls(String text, String subject) throws Failure {
    assertThat(RolloutSubject.parse(text)).hasToString(subject);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployment/edge", "route/", "pods/edge-1"})
  void whatIsNotRolledOutIsSaid(String text) {
    assertThatThrownBy(() -> RolloutSubject.parse(text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("route/NAME or gateway/NAME");
  }

  @Test
  void anOrderWithoutAReasonTakesOffThatOfAnother() {
    assertThat(RolloutCommand.patch("abort", null))
        .isEqualTo(
            "{\"metadata\":{\"annotations\":"
                + "{\"warmgate.io/reason\":null,\"warmgate.io/rollout\":\"abort\"}}}");
    assertThat(RolloutCommand.patch("promote", "a \"b\""))
        .contains("\"warmgate.io/reason\":\"a \\\"b\\\"\"");
  }
}
