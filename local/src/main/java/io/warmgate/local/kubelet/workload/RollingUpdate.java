package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a rolling update may go now: never more than {@code desired + maxSurge} pods, never fewer
 * than {@code desired - maxUnavailable} available ones. Old pods that are not available go first.
 *
 * @param desired what the Deployment asks for
 * @param maxSurge how many more there may be meanwhile
 * @param maxUnavailable how many may be missing meanwhile
 */
record RollingUpdate(int desired, int maxSurge, int maxUnavailable) {

  /** One ReplicaSet's figures: what it asks for, and how many of its pods are available. */
  record Size(int replicas, int available) {}

  /** How many each is to ask for, in the order given. */
  record Step(int fresh, List<Integer> old) {}

  /** Resolves numbers and percentages: surge rounds up, unavailable down, not both to nothing. */
  static RollingUpdate of(
      int desired, @Nullable IntOrString maxSurge, @Nullable IntOrString maxUnavailable) {
    int surge = (int) Math.ceil(share(maxSurge, desired));
    int unavailable = (int) Math.floor(share(maxUnavailable, desired));
    return new RollingUpdate(
        desired, surge, surge == 0 && unavailable == 0 ? 1 : Math.min(unavailable, desired));
  }

  private static double share(@Nullable IntOrString value, int of) {
    if (value == null) {
      return of * 0.25;
    }
    String text = value.getStrVal();
    return text == null
        ? value.getIntVal()
        : Integer.parseInt(text.substring(0, text.length() - 1)) * of / 100.0;
  }

  /** The next step from here; the same sizes when there is nothing to do. */
  Step next(Size fresh, List<Size> old) {
    int oldTotal = old.stream().mapToInt(Size::replicas).sum();
    int grown =
        fresh.replicas >= desired
            ? desired
            : Math.clamp(
                    desired + maxSurge - oldTotal - fresh.replicas, 0, desired - fresh.replicas)
                + fresh.replicas;
    int available = fresh.available + old.stream().mapToInt(Size::available).sum();
    int minAvailable = desired - maxUnavailable;
    int freshUnavailable = Math.max(0, grown - fresh.available);
    int removable = Math.max(0, grown + oldTotal - minAvailable - freshUnavailable);

    var kept = new ArrayList<Integer>();
    for (Size size : old) {
      int unavailable = Math.min(removable, Math.max(0, size.replicas - size.available));
      kept.add(size.replicas - unavailable);
      removable -= unavailable;
    }
    int spare = Math.max(0, Math.min(removable, available - minAvailable));
    for (int i = 0; i < kept.size(); i++) {
      int gone = Math.min(spare, kept.get(i));
      kept.set(i, kept.get(i) - gone);
      spare -= gone;
    }
    return new Step(grown, kept);
  }
}
