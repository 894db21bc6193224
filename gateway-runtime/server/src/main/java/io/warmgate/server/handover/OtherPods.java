package io.warmgate.server.handover;

import io.warmgate.config.Ejection;
import io.warmgate.config.LoadBalancing;
import io.warmgate.server.upstream.Balancer;
import io.warmgate.server.upstream.Endpoint;
import io.warmgate.server.upstream.Endpoints;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pods of another side, as the operator names them. Safe for every thread. */
final class OtherPods {
  /** One that could not be reached is left alone for so long. */
  static final Ejection LEFT_ALONE = new Ejection(1, 1_000);

  private final Endpoints known = new Endpoints();
  private final Balancer balancer = Balancer.of(LoadBalancing.Policy.LEAST_REQUEST);

  /**
   * @param addresses immutable; another list is a change
   * @param nanos {@link System#nanoTime()}
   * @return null where there is none that is not left alone
   */
  @Nullable Endpoint pick(List<InetSocketAddress> addresses, long nanos) {
    List<Endpoint> well = known.of(addresses).stream().filter(pod -> !pod.ejected(nanos)).toList();
    return well.isEmpty() ? null : balancer.pick(well, 0);
  }
}
