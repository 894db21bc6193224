package io.warmgate.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.Approval;
import io.warmgate.crd.v1alpha1.ApprovalState;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final ApiConsumer CONSUMER =
      Serialization.unmarshal(
          """
          apiVersion: warmgate.io/v1alpha1
          kind: ApiConsumer
          metadata: {name: partner, resourceVersion: "42"}
          spec:
            gatewayRef: {name: edge}
            keys: [{name: main}]
            approvals: [{route: prices, state: Approved}, {route: orders, state: Approved, reason: INC-1}]
          """,
          ApiConsumer.class);

  @Test
  void theOtherDecisionsStay() {
    assertThat(
            Decision.patch(CONSUMER, new Approval("orders", ApprovalState.REVOKED, "it \"ended\"")))
        .contains("\"resourceVersion\":\"42\"")
        .contains(
            "[{\"route\":\"prices\",\"state\":\"Approved\"},"
                + "{\"route\":\"orders\",\"state\":\"Revoked\",\"reason\":\"it \\\"ended\\\"\"}]");
  }

  @Test
  void aDecisionWithoutAReasonHasNone() {
    assertThat(Decision.patch(CONSUMER, new Approval("orders", ApprovalState.REJECTED, null)))
        .contains("{\"route\":\"orders\",\"state\":\"Rejected\"}")
        .doesNotContain("INC-1");
  }
}
