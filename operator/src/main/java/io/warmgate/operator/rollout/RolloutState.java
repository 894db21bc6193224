package io.warmgate.operator.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the release of a route stands, or the pods of a gateway: there a release is a pod template.
 * Each state is a value that says all that goes on from it: written to the status before anything
 * follows, read from there by the next operator.
 *
 * <pre>
 *  {@link Steady} ─► {@link Provisioning} ─► {@link Warming} ─► {@link Verifying} ─► {@link AwaitingPromotion}?
 *     ▲                                                                    │
 *     │                    ┌──────────────────────────────────────────────┘
 *     │                    ▼
 *     │            {@link Shifting}, step by step ─► {@link Observing} ─► {@link Draining} ─► {@link Steady}
 *     │                                                                       the new release,
 *     └── the release before ◄─ {@link RollingBack} ◄─ from any but Draining         the other kept
 * </pre>
 *
 * <p>What may happen in every state between is in {@link Interruption}: an order, a newer spec, the
 * way back, a release that is gone.
 */
public sealed interface RolloutState permits Steady, Underway {

  /** Which release has which share of the requests while this is the state. */
  Sides sides();

  /** Whether traffic moves from one to the other, or has just done so. */
  default boolean movesTraffic() {
    return switch (this) {
      case Shifting _, Observing _, Draining _, RollingBack _ -> true;
      case Steady _, Provisioning _, Warming _, Verifying _, AwaitingPromotion _ -> false;
    };
  }

  /** From when on what is measured counts in this state; null: all that was measured does. */
  default @Nullable Instant judgedSince() {
    return null;
  }

  /** What follows. The same state, equal, where nothing does. */
  Step next(Observation seen);
}
