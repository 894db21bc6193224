package io.warmgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Consumer.Grant;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.Revocation.Taken;
import io.warmgate.config.admin.RevokeOrder;
import io.warmgate.operator.fake.FakePod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is taken away from a consumer, with an API server, whichever it is. */
public abstract class RevocationSuite extends SuiteCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private void consumer(String state) {
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiConsumer
        metadata: {name: partner}
        spec:
          gatewayRef: {name: edge}
          keys: [{name: main}]
          routes: [{name: orders}]
          approvals: [{route: orders, state: %s}]
        """
            .formatted(state));
  }

  private static List<Grant.State> grants(FakePod pod) {
    Revision served = pod.revision();
    return served == null
        ? List.of()
        : served.open().access().consumers().stream()
            .flatMap(consumer -> consumer.grants().stream())
            .map(Grant::state)
            .toList();
  }

  private void awaitGrants(Grant.State state, List<FakePod> pods) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pods).allSatisfy(pod -> assertThat(grants(pod)).containsExactly(state)));
  }

  private List<RevokeOrder> appended() {
    return pods().stream()
        .flatMap(pod -> pod.appended().stream())
        .filter(RevokeOrder.class::isInstance)
        .map(RevokeOrder.class::cast)
        .toList();
  }

  @Test
  void whatIsRevokedStandsInTheLogAndAPodThatRefusesTheRevisionIsToldIt() {
    gateway(2);
    route("orders", "/orders");
    cluster.apply(
        Yaml.route("orders", "edge", "/orders", "catalog")
            + "    auth: {apiKey: {}, approval: Required}\n");
    consumer("Approved");
    await().atMost(PATIENCE).until(() -> pods().size() == 2);
    List<FakePod> pods = pods();
    awaitGrants(Grant.State.GRANTED, pods);
    await().atMost(PATIENCE).until(() -> acknowledgedBy(2) && acknowledged() == current());
    pods.forEach(pod -> pod.log("e1"));
    FakePod lagging = pods.getFirst();
    long granted = lagging.served();
    lagging.refusing(number -> number > granted);

    consumer("Revoked");
    await().atMost(PATIENCE).until(() -> lagging.revocations().size() == 1);
    awaitGrants(Grant.State.REVOKED, pods.subList(1, 2));
    RevokeOrder told = lagging.revocations().getFirst();
    String namespace = cluster.namespace();
    assertThat(told.revoked())
        .isEqualTo(
            new Revocation(
                false,
                List.of(
                    new Taken(
                        namespace + "/partner",
                        false,
                        List.of(),
                        List.of(),
                        List.of(namespace + "/orders")))));
    assertThat(told.below()).isEqualTo(pods.getLast().served());
    await().atMost(PATIENCE).until(() -> !appended().isEmpty());
    assertThat(appended()).extracting(RevokeOrder::id).containsOnly(told.id());
    assertThat(lagging.served()).isEqualTo(granted);

    // The next operator does not know whether the one before it came to that.
    int before = appended().size();
    cluster.restartOperator();
    await().atMost(PATIENCE).until(() -> appended().size() > before);
    assertThat(appended()).extracting(RevokeOrder::id).containsOnly(told.id());

    consumer("Approved");
    awaitGrants(Grant.State.GRANTED, pods.subList(1, 2));
    route("more", "/more");
    await().atMost(PATIENCE).until(() -> routes(pods.getLast()) == 2);
    assertThat(appended())
        .as("nothing more was taken")
        .extracting(RevokeOrder::id)
        .containsOnly(told.id());
    assertThat(lagging.revocations()).containsExactly(told);
  }
}
