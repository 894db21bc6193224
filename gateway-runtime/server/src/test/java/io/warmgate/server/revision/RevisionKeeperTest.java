package io.warmgate.server.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.server.RecordingDataplane;
import io.warmgate.server.TestConfigs;
import io.warmgate.server.values.ValueStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionKeeperTest {
  @TempDir private Path mounted;
  private final Vertx vertx = Vertx.vertx();
  private final RecordingDataplane dataplane = new RecordingDataplane();
  private final List<Long> told = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void currentIsServedBeforeAcknowledged() throws Exception {
    RevisionKeeper keeper = keeper();
    await(keeper.start(List.of(revision(6, 8080), revision(5, 8080))));
    assertThat(keeper.ledger().served()).extracting(PodState.Served::number).isEqualTo(6L);
    assertThat(told).containsExactly(6L);
  }

  @Test
  void acknowledgedIsServedWhereCurrentIsRefused() throws Exception {
    dataplane.refusedPort = 9090;
    RevisionKeeper keeper = keeper();
    await(keeper.start(List.of(revision(6, 9090), revision(5, 8080))));
    assertThat(keeper.ledger().served()).extracting(PodState.Served::number).isEqualTo(5L);
    assertThat(keeper.ledger().refused())
        .extracting(PodState.Refused::path, PodState.Refused::problem)
        .containsExactly("listeners[http].bindPort", "is in use");
  }

  @Test
  void aTamperedRevisionIsRefusedAndWhatRanGoesOn() throws Exception {
    RevisionKeeper keeper = keeper();
    await(keeper.offer(revision(1, 8080)));
    Revision two = revision(2, 8081);
    Revision tampered = new Revision(two.gateway(), 2, two.format(), "0".repeat(64), two.config());
    assertThatThrownBy(() -> await(keeper.offer(tampered)))
        .hasRootCauseMessage("hash does not match the configuration");
    assertThat(dataplane.taken).hasSize(1);
    assertThat(keeper.config()).isSameAs(dataplane.taken.get(0));
  }

  @Test
  void aRevisionWaitsForItsValues() throws Exception {
    RevisionKeeper keeper = keeper();
    Revision naming = Revision.of(1, TestConfigs.naming(TestConfigs.PASSWORD, 8080));
    assertThatThrownBy(() -> await(keeper.offer(naming)))
        .hasRootCauseMessage("values lacks " + TestConfigs.PASSWORD.name());
    assertThat(dataplane.taken).isEmpty();
    await(
        keeper.push(new SecretValues(Map.of(TestConfigs.PASSWORD.fingerprint(), new byte[] {1}))));
    await(keeper.offer(naming));
    assertThat(keeper.ledger().refused()).isNull();
  }

  @Test
  void aMountedValueIsEnough() throws Exception {
    Files.write(mounted.resolve(TestConfigs.PASSWORD.fingerprint()), new byte[] {1});
    await(keeper().offer(Revision.of(1, TestConfigs.naming(TestConfigs.PASSWORD, 8080))));
    assertThat(dataplane.taken).hasSize(1);
  }

  @Test
  void oneAtATimeAndInTheirOrder() throws Exception {
    RevisionKeeper keeper = keeper();
    Promise<Void> gate = Promise.promise();
    dataplane.gate = gate;
    List<Future<Void>> offers = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      offers.add(keeper.offer(revision(i, 8080 + i)));
    }
    assertThat(offers.get(4).isComplete()).isFalse();
    dataplane.gate = null;
    gate.complete();
    await(Future.all(offers));
    assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(dataplane.mostConcurrent).isOne();
  }

  private RevisionKeeper keeper() {
    return new RevisionKeeper(
        vertx,
        TestConfigs.GATEWAY,
        dataplane,
        new ValueStore(mounted),
        (number, _) -> told.add(number));
  }

  private static Revision revision(long number, int port) {
    return Revision.of(number, TestConfigs.proxy(port, 1, "g1"));
  }

  private static void await(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
