package io.warmgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.warmgate.config.Consumer;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.Revocation.Taken;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.operator.fake.FakePod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Consumers of another namespace than their gateway's, with an API server, whichever it is: pods
 * are {@link FakePod}s.
 */
public abstract class GrantSuite {
  /** More than half a minute, after which a kind that was not served is looked for again. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String CRD = "referencegrants.gateway.networking.k8s.io";

  /** As much of Gateway API's as there has to be. */
  private static final String REFERENCE_GRANTS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: referencegrants.gateway.networking.k8s.io
        annotations: {api-approved.kubernetes.io: "unapproved, for tests"}
      spec:
        group: gateway.networking.k8s.io
        scope: Namespaced
        names: {kind: ReferenceGrant, listKind: ReferenceGrantList, plural: referencegrants, singular: referencegrant}
        versions:
        - name: v1beta1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  required: [from, to]
                  properties:
                    from:
                      type: array
                      items:
                        type: object
                        required: [group, kind, namespace]
                        properties:
                          group: {type: string}
                          kind: {type: string}
                          namespace: {type: string}
                    to:
                      type: array
                      items:
                        type: object
                        required: [group, kind]
                        properties:
                          group: {type: string}
                          kind: {type: string}
                          name: {type: string}
      """;

  private static final Logger INFORMERS =
      (Logger) LoggerFactory.getLogger("io.fabric8.kubernetes.client.informers");

  /** What informers say. */
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();

  private Cluster cluster;

  /** An administrator's client; not closed by the suite. */
  protected abstract KubernetesClient client();

  @BeforeEach
  void start() {
    removeCrd();
    said.start();
    INFORMERS.addAppender(said);
    cluster = Cluster.withTenant(client());
    cluster.apply(Yaml.gateway("edge", 2));
    cluster.apply(Yaml.service("catalog"));
    cluster.apply(Yaml.slice("catalog", "10.1.0.7", "true"));
    cluster.apply(Yaml.route("orders", "edge", "/orders", "catalog") + "    auth: {apiKey: {}}\n");
    cluster.apply(consumer("{name: edge}"));
    cluster.apply(
        cluster.tenant(), consumer("{name: edge, namespace: %s}".formatted(cluster.namespace())));
    await().atMost(PATIENCE).until(() -> pods().size() == 2);
  }

  @AfterEach
  void stop() {
    cluster.close();
    INFORMERS.detachAppender(said);
    removeCrd();
  }

  private void removeCrd() {
    var crd = client().apiextensions().v1().customResourceDefinitions().withName(CRD);
    var _ = crd.delete();
    var _ = crd.waitUntilCondition(Objects::isNull, 30, TimeUnit.SECONDS);
  }

  private void installCrd() {
    CustomResourceDefinition crd =
        (CustomResourceDefinition) client().resource(REFERENCE_GRANTS).item();
    var _ = client().resource(crd).fieldManager("test").forceConflicts().serverSideApply();
  }

  private static String consumer(String gateway) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiConsumer
    metadata: {name: app}
    spec:
      gatewayRef: %s
      keys: [{name: main}]
      routes: [{name: orders}]
    """
        .formatted(gateway);
  }

  /**
   * @param to the gateway, in flow style
   */
  private void grant(String to) {
    String grant =
        """
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata: {name: tenants}
        spec:
          from: [{group: warmgate.io, kind: ApiConsumer, namespace: %s}]
          to: [%s]
        """
            .formatted(cluster.tenant(), to);
    // Its kind is served some time after its definition was taken.
    await()
        .atMost(PATIENCE)
        .ignoreException(KubernetesClientException.class)
        .until(
            () -> {
              cluster.apply(grant);
              return true;
            });
  }

  private List<FakePod> pods() {
    return cluster.kubelet().pods();
  }

  private static List<String> known(FakePod pod) {
    Revision served = pod.revision();
    return served == null
        ? List.of()
        : served.open().access().consumers().stream().map(Consumer::id).sorted().toList();
  }

  private void awaitKnown(List<FakePod> pods, String... consumers) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pods)
                    .isNotEmpty()
                    .allSatisfy(
                        pod -> assertThat(known(pod)).containsExactlyInAnyOrder(consumers)));
  }

  private String own() {
    return cluster.namespace() + "/app";
  }

  private String foreign() {
    return cluster.tenant() + "/app";
  }

  private String accepted() {
    ApiConsumer consumer =
        client().resources(ApiConsumer.class).inNamespace(cluster.tenant()).withName("app").get();
    return consumer.getStatus() == null
        ? ""
        : consumer.getStatus().conditions().stream()
            .filter(any -> any.getType().equals("Accepted"))
            .findFirst()
            .map(GrantSuite::text)
            .orElse("");
  }

  private static String text(Condition condition) {
    return condition.getStatus() + "/" + condition.getReason() + ": " + condition.getMessage();
  }

  private void awaitAccepted(String begin) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(accepted()).startsWith(begin));
  }

  @Test
  void withoutGatewayApiNobodyIsLetInAndItIsNoticedWhenItComes() {
    Instant began = Instant.now();
    awaitKnown(pods(), own());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(accepted())
                    .startsWith("False/RefNotPermitted: spec.gatewayRef")
                    .contains("install Gateway API's CRDs"));
    assertThat(client().resources(Secret.class).inNamespace(cluster.tenant()).list().getItems())
        .as("no key is made for who is not let in")
        .noneMatch(secret -> secret.getMetadata().getName().equals("app-main"));
    // An informer tries twice in this time.
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(began.plusSeconds(12)));
    assertThat(said.list)
        .as("what is not served is not watched")
        .noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    installCrd();
    grant("{group: warmgate.io, kind: ApiGateway}");
    awaitKnown(pods(), own(), foreign());
    awaitAccepted("True/Accepted");
  }

  @Test
  void aGrantLetsConsumersInAndTakesThemAwayAheadOfTheRevision() {
    installCrd();
    grant("{group: warmgate.io, kind: ApiGateway, name: other}");
    awaitAccepted("False/RefNotPermitted");
    awaitKnown(pods(), own());
    grant("{group: warmgate.io, kind: ApiGateway, name: edge}");
    List<FakePod> pods = pods();
    awaitKnown(pods, own(), foreign());
    awaitAccepted("True/Accepted");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(keys(pods.getFirst(), foreign()))
                    .hasSize(1)
                    .doesNotContainAnyElementsOf(keys(pods.getFirst(), own())));

    FakePod lagging = pods.getFirst();
    pods.forEach(pod -> pod.log("e1"));
    long granted = lagging.served();
    lagging.refusing(number -> number > granted);
    var _ =
        client()
            .resources(ReferenceGrant.class)
            .inNamespace(cluster.namespace())
            .withName("tenants")
            .delete();
    awaitKnown(pods.subList(1, 2), own());
    await().atMost(PATIENCE).until(() -> !lagging.revocations().isEmpty());
    assertThat(lagging.revocations().getLast().revoked().consumers())
        .contains(Taken.whole(foreign()));
    await().atMost(PATIENCE).until(() -> pods.stream().anyMatch(pod -> !pod.appended().isEmpty()));
    awaitAccepted("False/RefNotPermitted");
  }

  private static List<String> keys(FakePod pod, String consumer) {
    Revision served = Objects.requireNonNull(pod.revision());
    return served.open().access().consumers().stream()
        .filter(any -> any.id().equals(consumer))
        .flatMap(any -> any.keys().stream())
        .map(Consumer.Key::sha256)
        .toList();
  }

  @Test
  void whatIsNotThereReadsAsWhatIsNotAllowed() {
    cluster.apply(
        cluster.tenant(), consumer("{name: none, namespace: %s}".formatted(cluster.namespace())));
    awaitAccepted("False/RefNotPermitted: spec.gatewayRef: namespace '" + cluster.namespace());
  }
}
