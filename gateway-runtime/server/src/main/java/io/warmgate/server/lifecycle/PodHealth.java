package io.warmgate.server.lifecycle;

import io.warmgate.config.admin.PodState;
import io.warmgate.server.Invalidation;
import io.warmgate.server.revision.RevisionLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The pod's {@link Readiness} as time goes by. Safe for every thread. */
public final class PodHealth {
  private final InstantSource clock;
  private final Supplier<RevisionLedger> ledger;
  private final Invalidation invalidation;
  private volatile Readiness readiness;
  private volatile boolean everReady;

  public PodHealth(
      InstantSource clock, Supplier<RevisionLedger> ledger, Invalidation invalidation) {
    this.clock = clock;
    this.ledger = ledger;
    this.invalidation = invalidation;
    this.readiness = Readiness.starting(clock.instant());
  }

  public Instant startedAt() {
    return readiness.startedAt();
  }

  /** A heartbeat that names {@code revision} as the current one has come. */
  public void heard(long revision) {
    Instant now = clock.instant();
    change(was -> was.heard(revision, now).settle(ledger.get(), now));
  }

  /** From now on the pod is not ready. */
  public void drain() {
    change(Readiness::drain);
  }

  public boolean draining() {
    return readiness.draining();
  }

  /** How long the operator has been silent: what it pushed last is trusted by that. */
  public Duration operatorSilence() {
    return readiness.silence(clock.instant());
  }

  /** What keeps the pod from being ready; nothing does where it is empty, and that is latched. */
  public List<String> unmet() {
    Instant now = clock.instant();
    RevisionLedger seen = ledger.get();
    boolean caughtUp = invalidation.caughtUp();
    List<String> unmet = change(was -> was.settle(seen, now)).unmet(seen, caughtUp, now);
    if (unmet.isEmpty()) {
      everReady = true;
    }
    return unmet;
  }

  /** Whether the pod was ever found ready: {@link PodState#everReady()}. */
  public boolean everReady() {
    return everReady;
  }

  private synchronized Readiness change(UnaryOperator<Readiness> next) {
    Readiness changed = next.apply(readiness);
    readiness = changed;
    return changed;
  }
}
