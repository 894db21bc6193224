package io.warmgate.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Secret;
import io.warmgate.config.Access;
import io.warmgate.config.Consumer;
import io.warmgate.config.Revision;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiConsumerStatus;
import io.warmgate.operator.fake.FakePod;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of consumers, with an API server, whichever it is: pods are {@link FakePod}s. */
public abstract class AccessSuite extends SuiteCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private void consumer(String approvals) {
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiConsumer
        metadata: {name: partner}
        spec:
          gatewayRef: {name: edge}
          keys: [{name: main}]
          routes: [{name: shared}, {name: orders}]
          %s
        """
            .formatted(approvals));
  }

  private void routes() {
    route("shared", "/shared");
    cluster.apply(Yaml.route("shared", "edge", "/shared", "catalog") + "    auth: {apiKey: {}}\n");
    cluster.apply(
        Yaml.route("orders", "edge", "/orders", "catalog")
            + "    auth: {apiKey: {}, approval: Required}\n");
  }

  private static Access access(FakePod pod) {
    Revision served = pod.revision();
    return served == null ? Access.NOBODY : served.open().access();
  }

  /** Route → state, as a pod has it. */
  private Map<String, Consumer.Grant.State> grants(FakePod pod) {
    return access(pod).consumers().stream()
        .flatMap(consumer -> consumer.grants().stream())
        .collect(
            Collectors.toMap(
                grant -> grant.route().replace(cluster.namespace() + "/", ""),
                Consumer.Grant::state));
  }

  private void awaitOrders(Consumer.Grant.State state) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pods())
                    .isNotEmpty()
                    .allSatisfy(pod -> assertThat(grants(pod)).containsEntry("orders", state)));
  }

  private List<String> keys(FakePod pod) {
    return access(pod).consumers().stream()
        .flatMap(consumer -> consumer.keys().stream())
        .map(Consumer.Key::sha256)
        .toList();
  }

  private String key() {
    Secret secret =
        client().secrets().inNamespace(cluster.namespace()).withName("partner-main").get();
    return secret == null
        ? ""
        : new String(Base64.getDecoder().decode(secret.getData().get("apiKey")), UTF_8);
  }

  private void awaitKey(String key) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pods())
                    .isNotEmpty()
                    .allSatisfy(pod -> assertThat(keys(pod)).containsExactly(sha256(key))));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private String consumerStatus(String type) {
    ApiConsumerStatus status = cluster.get(ApiConsumer.class, "partner").getStatus();
    return status == null ? "absent" : status(status.conditions(), type);
  }

  private List<Event> events(String reason) {
    return cluster.list(Event.class).stream()
        .filter(event -> event.getInvolvedObject().getName().equals("partner"))
        .filter(event -> reason.equals(event.getReason()))
        .toList();
  }

  @Test
  void aKeyThatNobodyBroughtIsMadeOnce() {
    gateway(1);
    routes();
    consumer("");
    await().atMost(PATIENCE).until(() -> key().startsWith("wg_"));
    String key = key();
    assertThat(Base64.getUrlDecoder().decode(key.substring(3))).hasSize(32);
    awaitKey(key);
    Secret made = cluster.get(Secret.class, "partner-main");
    assertThat(made.getMetadata().getOwnerReferences())
        .extracting(owner -> owner.getKind() + "/" + owner.getName())
        .containsExactly("ApiConsumer/partner");
    await().atMost(PATIENCE).until(() -> consumerStatus("Programmed").startsWith("True"));
    assertThat(cluster.get(ApiConsumer.class, "partner").getStatus())
        .satisfies(
            status -> {
              assertThat(status.keyCount()).isEqualTo(1);
              assertThat(status.keys().getFirst().sha256()).isEqualTo(sha256(key).substring(0, 8));
              assertThat(status.approved()).isEqualTo("1/2");
            });
    cluster.restartOperator();
    route("more", "/more");
    awaitProgrammed("more");
    assertThat(cluster.get(Secret.class, "partner-main").getMetadata().getResourceVersion())
        .isEqualTo(made.getMetadata().getResourceVersion());
    awaitKey(key);
  }

  @Test
  void aKeyWhoseSecretIsDeletedIsNoneAndAnotherIsMade() {
    gateway(1);
    routes();
    consumer("");
    await().atMost(PATIENCE).until(() -> key().startsWith("wg_"));
    String key = key();
    awaitKey(key);
    var _ = client().resource(cluster.get(Secret.class, "partner-main")).delete();
    await().atMost(PATIENCE).until(() -> key().startsWith("wg_") && !key().equals(key));
    awaitKey(key());
  }

  @Test
  void aKeyThatIsThereWithoutTheOperatorsLabelIsReadAndNotWritten() {
    String key = "brought-" + "k".repeat(32);
    cluster.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: partner-main}
        data: {apiKey: %s}
        """
            .formatted(Base64.getEncoder().encodeToString(key.getBytes(UTF_8))));
    gateway(1);
    routes();
    consumer("");
    awaitKey(key);
    assertThat(key()).isEqualTo(key);
  }

  @Test
  void whatIsDecidedReachesEveryPod() {
    gateway(2);
    routes();
    consumer("");
    awaitOrders(Consumer.Grant.State.PENDING);
    assertThat(grants(pods().getFirst())).containsEntry("shared", Consumer.Grant.State.GRANTED);
    consumer("approvals: [{route: orders, state: Approved, reason: INC-1}]");
    awaitOrders(Consumer.Grant.State.GRANTED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(events("AccessGranted"))
                    .extracting(Event::getMessage)
                    .anyMatch(
                        text ->
                            text.startsWith("ApiRoute/orders: Granted, by user at ")
                                && text.endsWith("because \"INC-1\"")));
    consumer("approvals: [{route: orders, state: Revoked, reason: the contract ended}]");
    awaitOrders(Consumer.Grant.State.REVOKED);
    await().atMost(PATIENCE).until(() -> consumerStatus("Programmed").startsWith("True"));
    assertThat(cluster.get(ApiConsumer.class, "partner").getStatus().routes())
        .extracting(grant -> grant.name() + " " + grant.state().wire() + ": " + grant.reason())
        .containsExactly(
            "shared Granted: The route needs no approval", "orders Revoked: the contract ended");
    await().atMost(PATIENCE).until(() -> events("AccessRevoked").size() == 1);
    cluster.awaitQuiet(List.of(ApiConsumer.class, Secret.class));
    assertThat(events("AccessRevoked")).as("told once").hasSize(1);
    var _ = client().resource(cluster.get(ApiConsumer.class, "partner")).delete();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pods())
                    .allSatisfy(pod -> assertThat(access(pod)).isEqualTo(Access.NOBODY)));
  }

  @Test
  void whatNoGatewayHasIsTold() {
    consumer("");
    await().atMost(PATIENCE).until(() -> consumerStatus("Accepted").equals("False/TargetNotFound"));
  }
}
