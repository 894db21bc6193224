package io.warmgate.server.handover;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The pods of another side, as the operator names them. Safe for every thread. */
final class OtherPods {
  private volatile Known known = new Known(List.of(), List.of());

  private record Known(List<InetSocketAddress> addresses, List<OtherPod> pods) {}

  /**
   * The less busy of two at random (Mitzenmacher, "The Power of Two Choices", 2001), of those that
   * are not left alone.
   *
   * @param addresses immutable; another list is a change
   * @param random gives a number from 0 to below its argument
   * @param nanos {@link System#nanoTime()}
   * @return null where there is none
   */
  @Nullable OtherPod pick(List<InetSocketAddress> addresses, IntUnaryOperator random, long nanos) {
    List<OtherPod> pods = pods(addresses);
    int left = 0;
    for (OtherPod pod : pods) {
      left += pod.isLeftAlone(nanos) ? 1 : 0;
    }
    if (left > 0) {
      List<OtherPod> well = new ArrayList<>(pods);
      well.removeIf(pod -> pod.isLeftAlone(nanos));
      pods = well;
    }
    int size = pods.size();
    if (size < 2) {
      return size == 0 ? null : pods.get(0);
    }
    int first = random.applyAsInt(size);
    int second = random.applyAsInt(size - 1);
    OtherPod one = pods.get(first);
    OtherPod other = pods.get(second >= first ? second + 1 : second);
    return other.active() < one.active() ? other : one;
  }

  /** The same pod for the same address, so that it stays known how it does. */
  @SuppressWarnings("ReferenceEquality")
  private List<OtherPod> pods(List<InetSocketAddress> addresses) {
    Known now = known;
    if (now.addresses == addresses) {
      return now.pods;
    }
    Map<InetSocketAddress, OtherPod> before = new HashMap<>();
    now.pods.forEach(pod -> before.put(pod.inet(), pod));
    List<OtherPod> pods =
        addresses.stream().map(a -> before.computeIfAbsent(a, OtherPod::new)).toList();
    known = new Known(addresses, pods);
    return pods;
  }
}
