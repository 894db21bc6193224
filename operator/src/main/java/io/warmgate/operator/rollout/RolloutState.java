package io.warmgate.operator.rollout;

/**
 * Where the release of a route stands. Each state is a value that says all that goes on from it:
 * written to the status before anything follows, read from there by the next operator.
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

  /** What follows. The same state, equal, where nothing does. */
  Step next(Observation seen);
}
