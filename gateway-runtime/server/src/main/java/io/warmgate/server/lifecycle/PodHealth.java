package io.warmgate.server.lifecycle;

import io.warmgate.config.admin.PodState;
import io.warmgate.server.Invalidation;
import io.warmgate.server.revision.RevisionLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pod's {@link Readiness} as time goes by. Safe for every thread. */
public final class PodHealth {
  private final OperatorPulse pulse;
  private final Supplier<RevisionLedger> ledger;
  private final Invalidation invalidation;
  private final Supplier<@Nullable String> warming;
  private volatile boolean confirmed;
  private volatile boolean draining;
  private volatile boolean leaving;
  private volatile boolean everReady;

  /**
   * @param warming what a starting pod still does to be warm, for a bounded time; null: nothing
   */
  public PodHealth(
      OperatorPulse pulse,
      Supplier<RevisionLedger> ledger,
      Invalidation invalidation,
      Supplier<@Nullable String> warming) {
    this.pulse = pulse;
    this.ledger = ledger;
    this.invalidation = invalidation;
    this.warming = warming;
  }

  public OperatorPulse pulse() {
    return pulse;
  }

  /** It was told to end; it is as ready as before. */
  public void drain() {
    draining = true;
  }

  /** From now on the pod is not ready. */
  public void leave() {
    leaving = true;
  }

  public boolean draining() {
    return draining;
  }

  /** What keeps the pod from being ready; nothing does where it is empty, and that is latched. */
  public List<String> unmet() {
    Instant now = pulse.now();
    RevisionLedger seen = ledger.get();
    Readiness readiness = new Readiness(pulse.startedAt(), confirmed, pulse.last(), leaving);
    if (readiness.confirmed(seen, now)) {
      confirmed = true;
    }
    List<String> unmet = new ArrayList<>(readiness.unmet(seen, invalidation.caughtUp(), now));
    String warms = warming.get();
    if (warms != null) {
      unmet.add(warms);
    }
    if (unmet.isEmpty()) {
      everReady = true;
    }
    return unmet;
  }

  /** Whether the pod was ever found ready: {@link PodState#everReady()}. */
  public boolean everReady() {
    return everReady;
  }
}
