package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Access;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.ClientLimits;
import io.warmgate.config.Consumer;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.GatewayRef;
import io.warmgate.config.Listener;
import io.warmgate.config.Revision;
import io.warmgate.config.Telemetry;
import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.Revocation.Taken;
import io.warmgate.config.admin.RevokeOrder;
import io.warmgate.operator.fleet.Fleet.Append;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.WrittenRevisions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenRevocationsTest {
  private static final PurgeReceipt PLACE = new PurgeReceipt("e1", "7-0");

  private final List<Order> asked = new ArrayList<>();
  private Append answer = new Append.Underway();
  private final OpenRevocations open = operator();

  private OpenRevocations operator() {
    return new OpenRevocations(
        order -> {
          asked.add(order);
          return answer;
        });
  }

  private static MintedRevision revision(long number, String... consumers) {
    GatewayConfig config =
        new GatewayConfig(
            new GatewayRef("shop", "edge", "gateway-uid"),
            List.of(new Listener("http", 80, 8080, Listener.Protocol.HTTP, null, null, List.of())),
            List.of(),
            List.of(),
            new CacheLayers(0, null),
            new ClientLimits(16_384, 0, 10_000, 60_000, 1_000),
            new Telemetry(false, null),
            null,
            new Access(
                List.of(), Stream.of(consumers).map(OpenRevocationsTest::consumer).toList()));
    return new MintedRevision(Revision.of(number, config), config);
  }

  private static Consumer consumer(String id) {
    return new Consumer(id, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  private void written(MintedRevision current, long acknowledged) {
    open.follow(new WrittenRevisions(current, current.number(), acknowledged), () -> null);
  }

  private static Revocation takes(String... consumers) {
    return new Revocation(false, Stream.of(consumers).map(Taken::whole).toList());
  }

  private List<Revocation> said() {
    return open.orders().stream().map(RevokeOrder::revoked).toList();
  }

  @Test
  void whatARevisionTakesAwayIsAnOrderBelowIt() {
    written(revision(1, "a", "b"), 1);
    assertThat(open.orders()).isEmpty();
    written(revision(2, "a"), 1);
    assertThat(said()).containsExactly(takes("b"));
    assertThat(open.orders().getFirst().below()).isEqualTo(2);
    assertThat(asked).isEqualTo(List.copyOf(open.orders()));
  }

  @Test
  void aRevisionThatTakesNothingAwayIsNone() {
    written(revision(1, "a"), 1);
    written(revision(2, "a", "b"), 1);
    assertThat(open.orders()).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void itIsAppendedUntilItStandsInTheLog() {
    written(revision(1, "a"), 1);
    written(revision(2), 1);
    answer = new Append.Unavailable();
    written(revision(2), 1);
    assertThat(open.orders().getFirst().logged()).isNull();
    answer = new Append.Logged(PLACE);
    written(revision(2), 1);
    assertThat(open.orders().getFirst().logged()).isEqualTo(PLACE);
    int before = asked.size();
    written(revision(2), 1);
    assertThat(asked).hasSize(before);
  }

  @Test
  void itIsOverWhenEveryPodServesItsRevision() {
    written(revision(1, "a", "b"), 1);
    written(revision(2, "b"), 1);
    written(revision(3), 1);
    assertThat(said()).containsExactly(takes("a"), takes("b"));
    written(revision(3), 2);
    assertThat(said()).containsExactly(takes("b"));
    written(revision(3), 3);
    assertThat(open.orders()).isEmpty();
    assertThat(open.ids()).isEmpty();
  }

  /** Pods may serve revision 2 too, which gave what neither 1 nor 3 does. */
  @Test
  void whatWasGivenForAWhileIsTakenToo() {
    written(revision(1), 1);
    written(revision(2, "a"), 1);
    written(revision(3), 1);
    assertThat(said()).containsExactly(takes("a"));
  }

  /** The operator before was killed after it had written revision 2. */
  @Test
  void aRestartedOperatorSaysAgainWhatPodsMayNotHaveHeard() {
    MintedRevision acknowledged = revision(1, "a");
    MintedRevision current = revision(2);
    open.follow(new WrittenRevisions(current, 2, 1), () -> acknowledged);
    assertThat(said()).containsExactly(takes("a"));

    OpenRevocations again = operator();
    again.follow(new WrittenRevisions(current, 2, 1), () -> acknowledged);
    assertThat(again.ids()).as("the same order").isEqualTo(open.ids());
  }

  @Test
  void whereEveryPodServesItARestartedOperatorDoesNotLookBack() {
    open.follow(
        new WrittenRevisions(revision(2), 2, 2),
        () -> {
          throw new AssertionError("it is not asked for");
        });
    assertThat(open.orders()).isEmpty();
  }

  @Test
  void nothingWrittenIsNothingTaken() {
    open.follow(WrittenRevisions.none(), OpenRevocationsTest::none);
    assertThat(open.orders()).isEmpty();
  }

  private static @Nullable MintedRevision none() {
    return null;
  }

  /** A pod that refuses every revision does not make the list endless. */
  @Test
  void tooManyOrdersBecomeOneThatTakesMore() {
    written(revision(1, "a"), 1);
    for (long number = 2; number <= 400; number += 2) {
      written(revision(number), 1);
      written(revision(number + 1, "a"), 1);
    }
    assertThat(open.orders()).hasSizeLessThanOrEqualTo(100);
    assertThat(open.orders().getFirst().revoked()).isEqualTo(takes("a"));
    assertThat(open.orders().getLast().below()).isEqualTo(400);
  }
}
