package io.warmgate.server.admin;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.admin.PodState;
import io.warmgate.server.Invalidation;
import io.warmgate.server.lifecycle.PodHealth;
import io.warmgate.server.revision.RevisionKeeper;
import io.warmgate.server.revision.RevisionLedger;
import java.util.List;

/** What the pod says of itself, now. */
public final class PodReport {
  private final String podUid;
  private final RevisionKeeper revisions;
  private final PodHealth health;
  private final EndpointSink endpoints;
  private final Invalidation invalidation;

  public PodReport(
      String podUid,
      RevisionKeeper revisions,
      PodHealth health,
      EndpointSink endpoints,
      Invalidation invalidation) {
    this.podUid = podUid;
    this.revisions = revisions;
    this.health = health;
    this.endpoints = endpoints;
    this.invalidation = invalidation;
  }

  PodState state() {
    boolean ready = health.unmet().isEmpty();
    RevisionLedger ledger = revisions.ledger();
    return new PodState(
        podUid,
        health.pulse().startedAt().toEpochMilli(),
        List.of(GatewayConfig.FORMAT),
        ledger.served(),
        ledger.refused(),
        health.everReady(),
        ready,
        health.draining(),
        endpoints.version(),
        invalidation.logState(),
        invalidation.applied());
  }
}
