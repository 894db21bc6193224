package io.warmgate.server.lifecycle;

import io.warmgate.config.admin.PodState;
import io.warmgate.server.revision.RevisionLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether new connections are welcome. A starting pod waits until the operator confirmed that what
 * it serves is current, so that it never brings back what was replaced; an operator that is away
 * for {@link #OPERATOR_SILENCE} keeps no pod from starting. A pod that the operator's current
 * revision cannot be served by (it refused it) is confirmed too: nothing better will come of
 * waiting. Confirmed once is confirmed: a pod that lags later is the operator's to report, and
 * taking a whole fleet out for it would make a release an outage.
 *
 * @param startedAt of the process
 * @param confirmed whether it ever was
 * @param heartbeat the last one; null before the first
 * @param leaving whether it soon takes nothing more: {@link Drain}
 */
public record Readiness(
    Instant startedAt, boolean confirmed, @Nullable Heard heartbeat, boolean leaving) {

  /** After this long without a heartbeat the operator counts as away. */
  public static final Duration OPERATOR_SILENCE = Duration.ofSeconds(10);

  /** A heartbeat. */
  public record Heard(long revision, Instant at) {}

  /** Whether waiting for the operator is over, now or before. */
  public boolean confirmed(RevisionLedger ledger, Instant now) {
    return confirmed || confirms(ledger, now);
  }

  /**
   * Everything that keeps the pod from being ready, as sentences; empty: it is ready.
   *
   * @param caughtUp whether the invalidation log was read to its end, or is away, or there is none
   */
  public List<String> unmet(RevisionLedger ledger, boolean caughtUp, Instant now) {
    List<String> unmet = new ArrayList<>();
    PodState.Served served = ledger.served();
    if (served == null) {
      unmet.add("serves no revision" + because(ledger.refused()));
    } else if (!confirmed(ledger, now)) {
      unmet.add(unconfirmed(served));
    }
    if (!caughtUp) {
      unmet.add("has not read the invalidation log to its end");
    }
    if (leaving) {
      unmet.add("is draining");
    }
    return List.copyOf(unmet);
  }

  private boolean confirms(RevisionLedger ledger, Instant now) {
    PodState.Served served = ledger.served();
    if (served == null) {
      return false;
    }
    Instant heard = heartbeat == null ? startedAt : heartbeat.at();
    if (Duration.between(heard, now).compareTo(OPERATOR_SILENCE) >= 0) {
      return true;
    }
    PodState.Refused refused = ledger.refused();
    return heartbeat != null
        && (heartbeat.revision() == served.number()
            || (refused != null && heartbeat.revision() == refused.number()));
  }

  private String unconfirmed(PodState.Served served) {
    return heartbeat == null
        ? "waits for the operator to confirm revision " + served.number()
        : "serves revision "
            + served.number()
            + ", and the operator's current one is "
            + heartbeat.revision();
  }

  private static String because(PodState.@Nullable Refused refused) {
    return refused == null
        ? ""
        : ": refused " + refused.number() + ", " + refused.path() + " " + refused.problem();
  }
}
