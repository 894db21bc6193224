package io.warmgate.operator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.CacheLayers;
import io.warmgate.config.ClientLimits;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.GatewayRef;
import io.warmgate.config.Listener;
import io.warmgate.config.Revision;
import io.warmgate.config.Telemetry;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.RevokeOrder;
import io.warmgate.operator.fake.FakePod;
import io.warmgate.operator.fleet.GatewayPod.Containers;
import io.warmgate.operator.identity.AdminIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a revision takes away, pushed ahead of it to real TLS servers. */
class RevocationPushTest {
  private static final PurgeOrder PURGE =
      new PurgeOrder("p1", PurgeRequest.everything(), new PurgeReceipt("e1", "1-0"));
  private static final RevokeOrder BELOW_2 = new RevokeOrder("r2", Revocation.EVERYBODY, 2, null);

  private final AdminIdentity identity =
      AdminIdentity.ensure(Map.of(), List.of("edge.admin.warmgate"), Instant.now());
  private final List<FakePod> pods = new ArrayList<>();
  private final Fleet fleet = new Fleet(() -> {});

  @BeforeEach
  void trust() {
    fleet.trust(new AdminCredentials(identity.trusted(), identity.operatorToken()));
  }

  @AfterEach
  void close() {
    fleet.close();
    pods.forEach(FakePod::close);
  }

  private FakePod pod(int n) {
    FakePod pod = FakePod.start("uid-" + n, "127.10.7." + n, identity);
    pods.add(pod);
    return pod;
  }

  private void see(FakePod... seen) {
    fleet.pods(
        List.of(seen).stream()
            .map(
                pod ->
                    new GatewayPod(
                        "edge-" + pod.uid(), pod.uid(), pod.address(), Containers.RUNNING))
            .toList());
  }

  private static Revision revision(long number) {
    GatewayConfig config =
        new GatewayConfig(
            new GatewayRef("shop", "edge", "gateway-uid"),
            List.of(new Listener("http", 80, 8080, Listener.Protocol.HTTP, null, null, List.of())),
            List.of(),
            List.of(),
            new CacheLayers(0, null),
            new ClientLimits(16_384, 0, 10_000, 60_000, 1_000 + (int) number),
            new Telemetry(false, null));
    return Revision.of(number, config);
  }

  private static Target target(
      long number, List<PurgeOrder> purges, List<RevokeOrder> revocations) {
    return new Target(
        Target.Document.of(revision(number)),
        Target.NONE.values(),
        new EndpointSets(number, Map.of()),
        purges,
        revocations,
        null);
  }

  @Test
  void aPodThatRefusesTheRevisionIsToldWhatItTakesAwayBeforeItMayBeReady() {
    FakePod lagging = pod(1).serving(revision(1)).refusing(number -> number == 2);
    fleet.target(target(2, List.of(), List.of(BELOW_2)));
    see(lagging);
    await().until(() -> lagging.state().ready());
    assertThat(lagging.served()).isEqualTo(1);
    assertThat(lagging.revocations()).containsExactly(BELOW_2);
    assertThat(lagging.obeyedBeforeReady()).isEqualTo(1);
  }

  @Test
  void aPodThatServesTheRevisionIsToldNothing() {
    FakePod current = pod(1).serving(revision(2));
    fleet.target(target(2, List.of(PURGE), List.of(BELOW_2)));
    see(current);
    await().until(() -> current.state().ready() && !current.purges().isEmpty());
    assertThat(current.revocations()).isEmpty();
  }

  /** It refuses what it does not know, and is asked for the rest. */
  @Test
  void aRuntimeThatKnowsNobodyStaysInTouch() {
    FakePod old = pod(1).serving(revision(1)).refusing(number -> number == 2).knowingNobody();
    fleet.target(target(2, List.of(PURGE), List.of(BELOW_2)));
    see(old);
    await().until(() -> old.state().ready() && !old.purges().isEmpty());
    assertThat(old.revocations()).isEmpty();
    assertThat(old.calls(AdminApi.PURGES)).as("one each").isEqualTo(2);
    assertThat(fleet.pods().getFirst().problem()).isNull();
  }

  @Test
  void aRevocationGoesAheadOfPurges() {
    FakePod lagging = pod(1).serving(revision(1)).refusing(number -> number >= 2);
    fleet.target(target(1, List.of(), List.of()));
    see(lagging);
    await().until(() -> lagging.state().ready());
    fleet.target(target(2, List.of(PURGE), List.of(BELOW_2)));
    await().until(() -> lagging.state().applied().size() == 2);
    assertThat(lagging.state().applied()).containsExactly("r2", "p1");
  }
}
