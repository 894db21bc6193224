package io.warmgate.operator.reconcile;

import io.warmgate.operator.gather.GatewayKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The {@link Burst} of each gateway. */
public final class Bursts {
  private final Map<GatewayKey, Burst> open = new ConcurrentHashMap<>();

  public void changed(GatewayKey gateway) {
    open.merge(
        gateway,
        Burst.more(null, System.nanoTime()),
        (before, now) -> Burst.more(before, now.lastNanos()));
  }

  /** Whether something was changed that no reconcile has looked at yet. */
  boolean waiting(GatewayKey gateway) {
    return open.containsKey(gateway);
  }

  /** Zero: go, and what comes from now on is another burst. */
  Duration settle(GatewayKey gateway) {
    Burst burst = open.get(gateway);
    Duration wait = burst == null ? Duration.ZERO : burst.pause(System.nanoTime());
    if (wait.isZero()) {
      open.remove(gateway);
    }
    return wait;
  }
}
