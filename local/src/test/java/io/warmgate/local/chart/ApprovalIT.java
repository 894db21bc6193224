package io.warmgate.local.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.kube.KubeApiServer;
import io.warmgate.kube.RealKube;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may approve, in a real API server with the chart's policy: the verb {@code approve} alone, be
 * a user's other rights what they may.
 */
@RealKube
class ApprovalIT {
  private static final String NAMESPACE = "approval";

  /** Where the gateways of others are. */
  private static final String GATEWAYS = "approval-gateways";

  private static final String APPROVED = "{\"spec\":{\"approvals\":[%s]}}";
  private static final String ORDERS = "{\"route\":\"orders\",\"state\":\"Approved\"}";
  private static final String PRICES = "{\"route\":\"prices\",\"state\":\"Approved\"}";
  private static final Set<String> KINDS =
      Set.of(
          "CustomResourceDefinition",
          "ClusterRole",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding");

  private final KubeApiServer server;

  ApprovalIT(KubeApiServer server) {
    this.server = server;
  }

  @BeforeAll
  static void install(KubernetesClient client) {
    for (String namespace : List.of(NAMESPACE, GATEWAYS)) {
      client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .serverSideApply();
    }
    for (GenericKubernetesResource resource : Chart.render("{}")) {
      if (KINDS.contains(resource.getKind())) {
        client.resource(resource).forceConflicts().serverSideApply();
      }
    }
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("apiconsumers.warmgate.io")
        .waitUntilCondition(
            crd ->
                crd.getStatus() != null
                    && crd.getStatus().getConditions().stream()
                        .anyMatch(any -> any.getType().equals("Established")),
            30,
            TimeUnit.SECONDS);
    bind(client, "tenant", "warmgate-view"); // as the roles edit and admin have both
    bind(client, "tenant", "warmgate-edit");
    bind(client, "approver", "warmgate-approver");
    bind(client, "owner", "warmgate-approver");
    bind(client, GATEWAYS, "owner", "warmgate-approver");
    awaitPolicy(client);
  }

  private static void bind(KubernetesClient client, String account, String role) {
    bind(client, NAMESPACE, account, role);
  }

  /** A ServiceAccount of {@link #NAMESPACE} has the role there. */
  private static void bind(KubernetesClient client, String where, String account, String role) {
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(account)
                .endMetadata()
                .build())
        .serverSideApply();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(where)
                .withName(account + "-" + role)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .addNewSubject("", "ServiceAccount", account, NAMESPACE)
                .build())
        .serverSideApply();
  }

  /** The API server takes a policy into account a moment after it was written. */
  private static void awaitPolicy(KubernetesClient admin) {
    try (KubernetesClient tenant = as(admin, "tenant")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(
              () -> {
                try {
                  tenant.resource(consumer("probe", ORDERS)).dryRun(true).create();
                  return false;
                } catch (KubernetesClientException e) {
                  return String.valueOf(e.getMessage()).contains("verb approve");
                }
              });
    }
  }

  private static KubernetesClient as(KubernetesClient admin, String account) {
    var config =
        new io.fabric8.kubernetes.client.ConfigBuilder(admin.getConfiguration())
            .withImpersonateUsername("system:serviceaccount:" + NAMESPACE + ":" + account)
            .build();
    return new io.fabric8.kubernetes.client.KubernetesClientBuilder().withConfig(config).build();
  }

  private static ApiConsumer consumer(String name, String... approvals) {
    return consumer(name, "", "approvals: [%s]".formatted(String.join(", ", approvals)));
  }

  /** Of a gateway of {@link #GATEWAYS}. */
  private static ApiConsumer foreign(String more) {
    return consumer("partner", ", namespace: " + GATEWAYS, more);
  }

  private static ApiConsumer consumer(String name, String gateway, String more) {
    return Serialization.unmarshal(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiConsumer
        metadata: {name: %s, namespace: %s}
        spec:
          gatewayRef: {name: edge%s}
          keys: [{name: main}]
          routes: [{name: orders}]
          %s
        """
            .formatted(name, NAMESPACE, gateway, more),
        ApiConsumer.class);
  }

  private static void patch(KubernetesClient user, String patch) {
    ApiConsumer _ =
        user.resources(ApiConsumer.class)
            .inNamespace(NAMESPACE)
            .withName("partner")
            .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private static void refused(ThrowingCallable write) {
    refused("spec.approvals: you lack the verb approve on apiconsumers", write);
  }

  private static void refused(String why, ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> {
              assertThat(refusal.getCode()).isEqualTo(403);
              assertThat(refusal.getMessage()).contains(why);
            });
  }

  @BeforeEach
  void begin() {
    var _ =
        server
            .client()
            .resources(ApiConsumer.class)
            .inNamespace(NAMESPACE)
            .withName("partner")
            .delete();
  }

  @Test
  void aTenantAsksAndCannotApprove() {
    try (KubernetesClient tenant = server.clientFor(NAMESPACE, "tenant")) {
      refused(() -> tenant.resource(consumer("partner", ORDERS)).create());
      ApiConsumer _ = tenant.resource(consumer("partner")).create();
      refused(() -> patch(tenant, APPROVED.formatted(ORDERS)));
      patch(tenant, "{\"spec\":{\"routes\":[{\"name\":\"orders\"},{\"name\":\"prices\"}]}}");
    }
    assertThat(approvals()).isEmpty();
  }

  @Test
  void anApproverApprovesAndTheTenantCannotChangeThat() {
    try (KubernetesClient tenant = server.clientFor(NAMESPACE, "tenant");
        KubernetesClient approver = server.clientFor(NAMESPACE, "approver")) {
      ApiConsumer _ = tenant.resource(consumer("partner")).create();
      patch(approver, APPROVED.formatted(ORDERS));
      assertThat(approvals()).containsExactly("orders");
      refused(() -> patch(tenant, APPROVED.formatted(ORDERS + "," + PRICES)));
      refused(() -> patch(tenant, APPROVED.formatted(ORDERS.replace("Approved", "Revoked"))));
      refused(() -> patch(tenant, "{\"spec\":{\"approvals\":null}}"));
      patch(tenant, "{\"spec\":{\"keys\":[{\"name\":\"main\"},{\"name\":\"next\"}]}}");
      assertThat(approvals()).containsExactly("orders");
      patch(approver, "{\"spec\":{\"approvals\":null}}");
      assertThat(approvals()).isEmpty();
    }
  }

  /** Who approves for gateways of the tenant's namespace approves for those alone. */
  @Test
  void forAGatewayOfAnotherNamespaceTheRightThereCounts() {
    String why = "in namespace " + GATEWAYS;
    try (KubernetesClient tenant = server.clientFor(NAMESPACE, "tenant");
        KubernetesClient approver = server.clientFor(NAMESPACE, "approver");
        KubernetesClient owner = server.clientFor(NAMESPACE, "owner")) {
      ApiConsumer _ = tenant.resource(foreign("")).create();
      refused(why, () -> patch(tenant, APPROVED.formatted(ORDERS)));
      refused(why, () -> patch(approver, APPROVED.formatted(ORDERS)));
      patch(owner, APPROVED.formatted(ORDERS));
      assertThat(approvals()).containsExactly("orders");
      refused(why, () -> patch(approver, "{\"spec\":{\"approvals\":null}}"));
      patch(tenant, "{\"spec\":{\"keys\":[{\"name\":\"main\"},{\"name\":\"next\"}]}}");
    }
  }

  /** Else who may approve at home would approve there, and take what was decided with him. */
  @Test
  void whatWasDecidedDoesNotMoveToAnotherGateway() {
    String there = "{\"spec\":{\"gatewayRef\":{\"namespace\":\"%s\"}}}".formatted(GATEWAYS);
    String back = "{\"spec\":{\"gatewayRef\":{\"namespace\":null},\"approvals\":null}}";
    try (KubernetesClient tenant = server.clientFor(NAMESPACE, "tenant");
        KubernetesClient approver = server.clientFor(NAMESPACE, "approver");
        KubernetesClient owner = server.clientFor(NAMESPACE, "owner")) {
      ApiConsumer _ = tenant.resource(consumer("partner")).create();
      patch(tenant, there);
      patch(tenant, "{\"spec\":{\"gatewayRef\":{\"namespace\":null}}}");
      patch(approver, APPROVED.formatted(ORDERS));
      refused("in namespace " + GATEWAYS, () -> patch(tenant, there));
      refused("in namespace " + GATEWAYS, () -> patch(approver, there));
      patch(owner, there);
      refused("what was decided stays where it was", () -> patch(approver, back));
      patch(owner, back);
      assertThat(approvals()).isEmpty();
    }
  }

  /** Tokens and certificates could be another tenant's: keys cannot, whoever has one knows it. */
  @Test
  void whatATenantOfAnotherNamespaceIsKnownByIsApprovedToo() {
    String why = "spec.tokens, spec.certificates: for a gateway of another namespace";
    String globex = "{issuer: company, claims: {azp: globex}}";
    String tokens =
        "{\"spec\":{\"tokens\":[{\"issuer\":\"company\",\"claims\":{\"azp\":\"%s\"}}]}}";
    try (KubernetesClient tenant = server.clientFor(NAMESPACE, "tenant");
        KubernetesClient owner = server.clientFor(NAMESPACE, "owner")) {
      refused(why, () -> tenant.resource(foreign("tokens: [%s]".formatted(globex))).create());
      ApiConsumer _ = tenant.resource(foreign("")).create();
      refused(why, () -> patch(tenant, tokens.formatted("globex")));
      refused(
          why,
          () ->
              patch(
                  tenant,
                  "{\"spec\":{\"certificates\":[{\"sha256\":\"%s\"}]}}"
                      .formatted("9f".repeat(32))));
      patch(owner, tokens.formatted("acme"));
      patch(tenant, "{\"spec\":{\"keys\":[{\"name\":\"main\"},{\"name\":\"next\"}]}}");
      refused(why, () -> patch(tenant, tokens.formatted("globex")));
      patch(tenant, "{\"spec\":{\"tokens\":null}}");
    }
  }

  /** As {@code kubectl apply --server-side} does. */
  @Test
  void anAppliedManifestWithoutThemLeavesThem() {
    try (KubernetesClient tenant = server.clientFor(NAMESPACE, "tenant");
        KubernetesClient approver = server.clientFor(NAMESPACE, "approver")) {
      ApiConsumer _ = tenant.resource(consumer("partner")).serverSideApply();
      patch(approver, APPROVED.formatted(ORDERS));
      ApiConsumer _ = tenant.resource(consumer("partner")).serverSideApply();
      assertThat(approvals()).containsExactly("orders");
      refused(
          () -> tenant.resource(consumer("partner", PRICES)).forceConflicts().serverSideApply());
    }
  }

  @Test
  void anApproverMakesNoConsumers() {
    try (KubernetesClient approver = server.clientFor(NAMESPACE, "approver")) {
      assertThatThrownBy(() -> approver.resource(consumer("partner")).create())
          .hasMessageContaining("forbidden");
    }
  }

  @Test
  void aStatusIsNoneOfItsBusiness() {
    ApiConsumer _ = server.client().resource(consumer("partner", ORDERS)).create();
    Map<String, Object> status = Map.of("status", Map.of("approved", "1/1"));
    ApiConsumer _ =
        server
            .client()
            .resources(ApiConsumer.class)
            .inNamespace(NAMESPACE)
            .withName("partner")
            .subresource("status")
            .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(status));
    assertThat(approvals()).containsExactly("orders");
  }

  private List<String> approvals() {
    return server
        .client()
        .resources(ApiConsumer.class)
        .inNamespace(NAMESPACE)
        .withName("partner")
        .get()
        .getSpec()
        .approvals()
        .stream()
        .map(approval -> approval.route())
        .toList();
  }
}
