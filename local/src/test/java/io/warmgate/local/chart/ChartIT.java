package io.warmgate.local.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.warmgate.kube.KubeApiServer;
import io.warmgate.kube.RealKube;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chart in a real API server: it is taken whole, and gives the rights that it says. */
@RealKube
class ChartIT {
  private static final String BOUND = "bound";
  private static final String UNBOUND = "unbound";

  private final KubeApiServer server;

  ChartIT(KubeApiServer server) {
    this.server = server;
  }

  @BeforeAll
  static void install(KubernetesClient client) {
    for (String namespace : new String[] {Chart.NAMESPACE, BOUND, UNBOUND}) {
      client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .serverSideApply();
    }
    for (GenericKubernetesResource resource :
        Chart.render("{secretReader: {namespaces: [" + BOUND + "]}}")) {
      client
          .resource(resource)
          .fieldValidation(FieldValidateable.Validation.STRICT)
          .serverSideApply();
    }
  }

  @Test
  void theOperatorMayDoItsWorkEverywhere() {
    assertThat(may("watch", "warmgate.io", "apigateways", UNBOUND)).isTrue();
    assertThat(may("patch", "warmgate.io", "apiroutes/status", UNBOUND)).isTrue();
    assertThat(may("patch", "warmgate.io", "apiconsumers/status", UNBOUND)).isTrue();
    assertThat(may("watch", "warmgate.io", "aimodelbackends", UNBOUND)).isTrue();
    assertThat(may("patch", "warmgate.io", "aimodelbackends/status", UNBOUND)).isTrue();
    assertThat(may("patch", "apps", "deployments", UNBOUND)).isTrue();
    assertThat(may("update", "coordination.k8s.io", "leases", Chart.NAMESPACE)).isFalse();
    assertThat(may("create", "coordination.k8s.io", "leases", Chart.NAMESPACE)).isTrue();
  }

  @Test
  void secretsOnlyWhereTheReaderIsBound() {
    assertThat(may("get", "", "secrets", UNBOUND)).isFalse();
    assertThat(may("patch", "", "secrets", UNBOUND)).isFalse();
    assertThat(may("get", "", "secrets", BOUND)).isTrue();
    assertThat(may("patch", "", "secrets", BOUND)).isTrue();
  }

  @Test
  void nothingThatIsNotItsBusiness() {
    assertThat(may("update", "warmgate.io", "apiroutes", BOUND)).isFalse();
    assertThat(may("patch", "warmgate.io", "apiconsumers", BOUND)).isFalse();
    assertThat(may("patch", "warmgate.io", "aimodelbackends", BOUND)).isFalse();
    assertThat(may("approve", "warmgate.io", "apiconsumers", BOUND)).isFalse();
    assertThat(may("create", "", "pods", BOUND)).isFalse();
    assertThat(may("create", "rbac.authorization.k8s.io", "rolebindings", BOUND)).isFalse();
    assertThat(may("create", "", "serviceaccounts/token", BOUND)).isFalse();
  }

  private boolean may(String verb, String group, String path, String namespace) {
    String[] resource = path.split("/", 2);
    try (KubernetesClient operator = server.clientFor(Chart.NAMESPACE, "warmgate-operator")) {
      return operator
          .authorization()
          .v1()
          .selfSubjectAccessReview()
          .create(
              new SelfSubjectAccessReviewBuilder()
                  .withNewSpec()
                  .withNewResourceAttributes()
                  .withVerb(verb)
                  .withGroup(group)
                  .withResource(resource[0])
                  .withSubresource(resource.length == 1 ? "" : resource[1])
                  .withNamespace(namespace)
                  .endResourceAttributes()
                  .endSpec()
                  .build())
          .getStatus()
          .getAllowed();
    }
  }
}
