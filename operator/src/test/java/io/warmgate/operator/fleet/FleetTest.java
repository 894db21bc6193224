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
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.operator.fake.Counted;
import io.warmgate.operator.fake.FakePod;
import io.warmgate.operator.fleet.GatewayPod.Containers;
import io.warmgate.operator.identity.AdminIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The link against real TLS servers, with faults. */
class FleetTest {
  private static final List<String> NAMES = List.of("edge.admin.warmgate");

  private final AdminIdentity identity = AdminIdentity.ensure(Map.of(), NAMES, Instant.now());
  private final List<FakePod> pods = new ArrayList<>();
  private final List<List<PodView>> heard = new CopyOnWriteArrayList<>();
  private Fleet fleet = new Fleet(this::heard);

  @BeforeEach
  void trust() {
    fleet.trust(credentials(identity));
  }

  private void heard() {
    heard.add(fleet.pods());
  }

  @AfterEach
  void close() {
    fleet.close();
    pods.forEach(FakePod::close);
  }

  private static AdminCredentials credentials(AdminIdentity identity) {
    return new AdminCredentials(identity.trusted(), identity.operatorToken());
  }

  private FakePod pod(int n) {
    FakePod pod = FakePod.start("uid-" + n, "127.10.1." + n, identity);
    pods.add(pod);
    return pod;
  }

  private static GatewayPod seen(FakePod pod) {
    return new GatewayPod("edge-" + pod.uid(), pod.uid(), pod.address(), Containers.RUNNING);
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

  private static Target target(long number, PurgeOrder... purges) {
    return new Target(
        Target.Document.of(revision(number)),
        Target.NONE.values(),
        new EndpointSets(number, Map.of()),
        List.of(purges),
        List.of(),
        null);
  }

  private static PurgeOrder purge(String id, boolean logged) {
    PurgeReceipt receipt = logged ? new PurgeReceipt("e1", "1-0") : null;
    return new PurgeOrder(id, PurgeRequest.everything(), receipt);
  }

  private PodView view(FakePod pod) {
    return fleet.pods().stream()
        .filter(view -> view.pod().uid().equals(pod.uid()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNewPodGetsTheRevisionThenTheHeartbeatThatMakesItReadyAndAnswers() {
    fleet.target(target(3));
    FakePod pod = pod(1);
    fleet.pods(List.of(seen(pod)));
    await().until(() -> pod.state().ready());
    assertThat(pod.heartbeats().getFirst().revision()).isEqualTo(3);
    await().until(() -> view(pod).answering() && view(pod).served() == 3);
    await().until(() -> pod.endpoints().version() == 3);
    assertThat(heard).isNotEmpty();
  }

  @Test
  void aChangeReachesEveryPodAtOnceThoughOneHangs() {
    fleet.target(target(1));
    List<FakePod> all = List.of(pod(1), pod(2), pod(3));
    fleet.pods(all.stream().map(FleetTest::seen).toList());
    await().until(() -> all.stream().allMatch(pod -> pod.served() == 1));
    all.getFirst().hang();
    long start = System.nanoTime();
    fleet.target(target(2));
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> all.subList(1, 3).stream().allMatch(pod -> pod.served() == 2));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(view(all.getFirst()).served()).isEqualTo(1);
    await().until(() -> view(all.getFirst()).problem() != null);
    assertThat(view(all.getFirst()).answering()).isTrue();
    all.getFirst().release();
    await().atMost(Duration.ofSeconds(20)).until(() -> view(all.getFirst()).served() == 2);
  }

  /** Though the first to take it has news: with a timer that never ends. */
  @Test
  void aChangeThatEveryPodTakesIsNoNewsBeforeTheLastHasTakenIt() {
    fleet.close();
    fleet = new Fleet(this::heard, new News(this::heard, never -> {}));
    fleet.trust(credentials(identity));
    fleet.target(target(1));
    List<FakePod> all = List.of(pod(1), pod(2), pod(3));
    fleet.pods(all.stream().map(FleetTest::seen).toList());
    await().until(() -> fleet.pods().stream().allMatch(view -> view.serves(1) && told(view)));
    fleet.target(target(2));
    await().until(() -> heard.stream().anyMatch(views -> serving(2, views) == 3));
    assertThat(heard).extracting(views -> serving(2, views)).containsOnly(0L, 3L);
  }

  @Test
  void aChangeThatAPodHangsOnIsNewsSoon() {
    fleet.target(target(1));
    List<FakePod> all = List.of(pod(1), pod(2), pod(3));
    fleet.pods(all.stream().map(FleetTest::seen).toList());
    await().until(() -> fleet.pods().stream().allMatch(view -> view.serves(1) && told(view)));
    fleet.target(target(2));
    await().until(() -> fleet.pods().stream().allMatch(view -> view.serves(2)));
    heard.clear();
    all.getFirst().hang();
    fleet.target(target(3));
    await()
        .atMost(Duration.ofSeconds(1))
        .until(() -> heard.stream().anyMatch(views -> serving(3, views) == 2));
    assertThat(view(all.getFirst()).serves(3)).isFalse();
  }

  private static long serving(long number, List<PodView> views) {
    return views.stream().filter(view -> view.serves(number)).count();
  }

  private static boolean told(PodView view) {
    return view.state() != null && view.state().ready();
  }

  @Test
  void whatPodsCountIsAskedForAndSummed() {
    FakePod one = pod(1).counting(Counted.rule(100, 0));
    FakePod other = pod(2).counting(Counted.rule(1_000, 0));
    fleet.pods(List.of(seen(one), seen(other)));
    List<Long> rounds = new CopyOnWriteArrayList<>();
    fleet.watchTraffic(Duration.ofMillis(20), () -> rounds.add(1L));
    await().until(() -> rounds.size() > 1);
    one.counting(Counted.rule(130, 2));
    other.counting(Counted.rule(1_004, 0));
    await().until(() -> !sum().isEmpty() && sum().getFirst().clients().fresh() == 34);
    assertThat(sum().getFirst().clients().missed()).isEqualTo(2);
    one.close();
    other.counting(Counted.rule(1_010, 0));
    await().until(() -> sum().getFirst().clients().fresh() == 40);
    fleet.watchTraffic(Duration.ZERO, () -> {});
    assertThat(one.calls(AdminApi.TRAFFIC)).isPositive();
  }

  private List<RuleTraffic> sum() {
    return fleet.traffic().sum(System.nanoTime());
  }

  @Test
  void heartbeatsComeEverySecondWithWhatIsCurrent() {
    fleet.target(target(4, purge("p1", false), purge("p2", true)));
    FakePod pod = pod(1);
    fleet.pods(List.of(seen(pod)));
    await().until(() -> pod.heartbeats().size() >= 3);
    assertThat(pod.heartbeats().getLast().endpointsVersion()).isEqualTo(4);
    assertThat(pod.heartbeats().getLast().unlogged())
        .extracting(PurgeOrder::id)
        .containsExactly("p1");
  }

  @Test
  void aRefusedRevisionIsRecordedNotRepeatedAndWhatRanGoesOn() {
    fleet.target(target(1));
    FakePod pod = pod(1).refusing(number -> number == 2);
    fleet.pods(List.of(seen(pod)));
    await().until(() -> pod.state().ready());
    fleet.target(target(2));
    await().until(() -> view(pod).refused() != null);
    int heard = pod.heartbeats().size();
    await().until(() -> pod.heartbeats().size() >= heard + 2);
    assertThat(pod.calls(AdminApi.REVISION)).isEqualTo(2);
    assertThat(pod.heartbeats().getLast().revision()).isEqualTo(1);
    assertThat(pod.state().ready()).isTrue();
    assertThat(view(pod).refused()).satisfies(refused -> assertThat(refused.number()).isEqualTo(2));
    fleet.target(target(3));
    await().until(() -> view(pod).served() == 3);
    assertThat(view(pod).refused()).isNull();
  }

  @Test
  void aPodThatRestartedIntoTheAcknowledgedRevisionAndRefusesTheCurrentOneIsMadeReady() {
    fleet.target(target(7));
    FakePod pod = pod(1).serving(revision(6)).refusing(number -> number == 7);
    fleet.pods(List.of(seen(pod)));
    await().until(() -> pod.state().ready());
    assertThat(view(pod).served()).isEqualTo(6);
  }

  @Test
  void anAddressThatBelongsToAnotherPodIsNoPod() {
    fleet.target(target(1));
    FakePod other = pod(1);
    GatewayPod gone = new GatewayPod("edge-gone", "uid-gone", other.address(), Containers.RUNNING);
    fleet.pods(List.of(gone));
    await()
        .until(
            () -> {
              String problem = fleet.pods().getFirst().problem();
              return problem != null && problem.contains("another pod");
            });
    assertThat(other.served()).isZero();
    assertThat(fleet.pods().getFirst().answering()).isTrue();
  }

  @Test
  void aPodThatCannotBeAskedCountsUntilItsContainersHaveEnded() {
    fleet.target(target(1));
    FakePod pod = pod(1);
    fleet.pods(List.of(seen(pod)));
    await().until(() -> view(pod).answering() && view(pod).served() == 1);
    pod.close();
    await().until(() -> view(pod).problem() != null);
    assertThat(view(pod).answering()).isTrue();
    fleet.pods(List.of(new GatewayPod("edge-x", pod.uid(), pod.address(), Containers.ENDED)));
    assertThat(view(pod).answering()).isFalse();
    fleet.pods(List.of());
    assertThat(fleet.pods()).isEmpty();
  }

  /** By which each takes its share of a limit; one without limits is told as ever. */
  @Test
  void podsAreToldHowManyThereAreWhereThatIsAsked() {
    fleet.target(target(1));
    FakePod pod = pod(1);
    fleet.pods(List.of(seen(pod)));
    await().until(() -> !pod.heartbeats().isEmpty());
    assertThat(pod.heartbeats()).allMatch(heartbeat -> heartbeat.pods() == null);
    Target one = target(1);
    fleet.target(
        new Target(one.current(), one.values(), one.endpoints(), one.purges(), List.of(), 3));
    await().until(() -> Integer.valueOf(3).equals(pod.heartbeats().getLast().pods()));
  }

  @Test
  void aPodThatComesBackEmptyIsGivenEverythingAgain() {
    Target.Values values =
        Target.Values.of(new SecretValues(Map.of("ab".repeat(32), new byte[] {1})));
    Target target =
        new Target(
            Target.Document.of(revision(5)),
            values,
            new EndpointSets(9, Map.of()),
            List.of(purge("p1", true)),
            List.of(),
            null);
    fleet.target(target);
    FakePod first = pod(1);
    fleet.pods(List.of(seen(first)));
    await().until(() -> !view(first).purged().isEmpty() && first.endpoints().version() == 9);
    assertThat(first.values()).containsExactly("ab".repeat(32));
    first.close();
    FakePod again = pod(1);
    await()
        .until(
            () ->
                again.served() == 5
                    && again.purges().size() == 1
                    && again.endpoints().version() == 9
                    && again.values().size() == 1
                    && again.state().ready());
  }

  @Test
  void anotherCertificateOrTokenIsNotSpokenTo() {
    fleet.target(target(1));
    AdminIdentity foreign = AdminIdentity.ensure(Map.of(), NAMES, Instant.now());
    FakePod impostor = FakePod.start("uid-1", "127.10.1.1", foreign);
    pods.add(impostor);
    fleet.pods(List.of(seen(impostor)));
    await()
        .until(
            () -> {
              String problem = view(impostor).problem();
              return problem != null && problem.contains("certificate");
            });
    assertThat(impostor.served()).isZero();
  }

  @Test
  void aRenewedCertificateIsTrustedBesideTheOneBefore() {
    Instant now = Instant.now();
    AdminIdentity old = AdminIdentity.ensure(Map.of(), NAMES, now.minus(Duration.ofDays(70)));
    AdminIdentity renewed = AdminIdentity.ensure(old.data(), NAMES, now);
    assertThat(renewed.trusted()).hasSize(2);
    fleet.trust(credentials(renewed));
    fleet.target(target(1));
    FakePod before = FakePod.start("uid-1", "127.10.1.1", old);
    FakePod after = FakePod.start("uid-2", "127.10.1.2", renewed);
    pods.addAll(List.of(before, after));
    fleet.pods(List.of(seen(before), seen(after)));
    await().until(() -> before.served() == 1 && after.served() == 1);
  }

  @Test
  void anAppendAsksThePodsThatReadTheLog() {
    fleet.target(target(1));
    FakePod without = pod(1);
    FakePod with = pod(2);
    fleet.pods(List.of(seen(without), seen(with)));
    await().until(() -> without.served() == 1 && with.served() == 1);
    PurgeOrder order = purge("p1", false);
    assertThat(fleet.append(order)).isInstanceOf(Fleet.Append.Unavailable.class);
    with.log("e1");
    await().until(() -> fleet.append(order) instanceof Fleet.Append.Logged);
    assertThat(fleet.append(order))
        .isInstanceOfSatisfying(
            Fleet.Append.Logged.class,
            logged -> assertThat(logged.receipt().epoch()).isEqualTo("e1"));
    assertThat(with.calls(AdminApi.LOG)).isEqualTo(1);
    assertThat(without.calls(AdminApi.LOG)).isZero();
  }

  @Test
  void aPurgeIsAskedOfEveryPodOnceAndAcknowledged() {
    fleet.target(target(1));
    List<FakePod> all = List.of(pod(1), pod(2));
    fleet.pods(all.stream().map(FleetTest::seen).toList());
    await().until(() -> all.stream().allMatch(pod -> pod.served() == 1));
    fleet.target(target(1, purge("p1", true)));
    await().until(() -> all.stream().allMatch(pod -> view(pod).purged().contains("p1")));
    assertThat(all).allSatisfy(pod -> assertThat(pod.calls(AdminApi.PURGES)).isEqualTo(1));
  }
}
