package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.local.ApiServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the embedded API server. */
class TakenAwayIT extends TakenAwaySuite {
  TakenAwayIT() {
    super(ApiServer.Kind.EMBEDDED);
  }

  @AfterEach
  void settle() {
    cluster.operatorBack();
    cluster.podsSettled();
  }

  /** It was held while the operator told the others, and the operator is gone when it goes on. */
  @Test
  void aPodThatTheOperatorDoesNotReachIsToldByTheLog() throws IOException {
    cluster.apply(consumer("lagged", "Approved", "{name: main}"));
    String key = keys.of("lagged", "main");
    keys.awaitHits(key);
    RunningPod late = cluster.gateways().getLast();
    RunningPod other = cluster.gateways().getFirst();
    late.hold();
    try (RedisLog log = RedisLog.of(cluster)) {
      cluster.apply(consumer("lagged", "Revoked", "{name: main}"));
      await().atMost(PATIENCE).until(() -> keys.ask(other, key).status() == 403);
      assertThat(log.revocation("lagged").text()).contains("orders");
      cluster.operatorAway();
    } finally {
      late.release();
    }
    await().atMost(PATIENCE).until(() -> keys.ask(late, key).status() == 403);
    assertThat(keys.ask(late, keys.of("other", "main")).isHit()).isTrue();
  }
}
