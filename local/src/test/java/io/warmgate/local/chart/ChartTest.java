package io.warmgate.local.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
  @Test
  void lintFindsNothing() {
    LintResult result = Chart.lint();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void inAllNamespacesNoRightToSecretsIsBound() {
    assertThat(Chart.render("{}", "ClusterRole").filter(ChartTest::namesSecrets))
        .extracting(role -> role.getMetadata().getName())
        .containsExactly("warmgate-secret-reader");
    assertThat(Chart.render("{}", "ClusterRoleBinding"))
        .extracting(binding -> binding.getMetadata().getName())
        .containsExactly("warmgate-operator");
    assertThat(Chart.render("{}", "Role")).noneMatch(ChartTest::namesSecrets);
  }

  @Test
  void withNamespacesEveryRightIsARoleThere() {
    String values = "{watchNamespaces: [a, b], aggregateRoles: false, approval: {install: false}}";
    assertThat(Chart.render(values, "ClusterRole")).isEmpty();
    assertThat(Chart.render(values, "ClusterRoleBinding")).isEmpty();
    assertThat(Chart.render(values, "Role").filter(ChartTest::namesSecrets))
        .extracting(role -> role.getMetadata().getNamespace())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(Chart.template(values)).contains("value: \"a,b\"");
  }

  @Test
  void theReaderIsBoundWhereAskedFor() {
    assertThat(
            Chart.render("{secretReader: {namespaces: [shop]}}", "RoleBinding")
                .filter(
                    binding -> binding.getMetadata().getName().equals("warmgate-secret-reader")))
        .extracting(binding -> binding.getMetadata().getNamespace())
        .containsExactly("shop");
  }

  @Test
  void oneReplicaHasNoDisruptionBudget() {
    assertThat(Chart.render("{replicas: 1}", "PodDisruptionBudget")).isEmpty();
    assertThat(Chart.render("{replicas: 2}", "PodDisruptionBudget")).hasSize(1);
  }

  @Test
  void pricesOfModelsComeOutOfAConfigMapWhereOneIsNamed() {
    assertThat(Chart.template("{models: {configMap: prices}}"))
        .contains("WARMGATE_MODELS_FILE", "configMap: {name: \"prices\"}");
    assertThat(Chart.template("{}")).doesNotContain("WARMGATE_MODELS_FILE", "/etc/warmgate/models");
  }

  @Test
  void noRoleThatUsersGetMayApprove() {
    assertThat(
            Chart.render("{}", "ClusterRole")
                .filter(role -> rules(role).contains("approve"))
                .map(role -> role.getMetadata().getName()))
        .containsExactly("warmgate-approver");
    assertThat(Chart.render("{approval: {install: false}}", "ValidatingAdmissionPolicy")).isEmpty();
  }

  @Test
  void definitionsStayWhenTheChartGoes() {
    assertThat(Chart.render("{}", "CustomResourceDefinition"))
        .hasSize(8)
        .allSatisfy(
            crd ->
                assertThat(crd.getMetadata().getAnnotations())
                    .containsEntry("helm.sh/resource-policy", "keep"));
    assertThat(Chart.render("{crds: {install: false}}", "CustomResourceDefinition")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{watchNamespace: [a]}",
        "{replicas: many}",
        "{watchNamespaces: [A_b]}",
        "{image: {pullPolicy: Sometimes}}",
        "{networkPolicy: {enabled: perhaps}}"
      })
  void aWrongValueIsRefused(String values) {
    assertThatThrownBy(() -> Chart.template(values)).hasMessageContaining("schema");
  }

  private static boolean namesSecrets(GenericKubernetesResource role) {
    return rules(role).contains("secrets");
  }

  private static String rules(GenericKubernetesResource role) {
    return String.valueOf(role.getAdditionalProperties().get("rules"));
  }
}
