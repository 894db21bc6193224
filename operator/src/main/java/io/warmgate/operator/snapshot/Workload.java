package io.warmgate.operator.snapshot;

import java.util.List;

/**
 * What the gateway's own objects say.
 *
 * @param pods that exist, of any template
 * @param updatedPods of the newest template
 * @param settled whether the Deployment controller has seen the newest template and all pods are of
 *     it
 * @param addresses where the Service is reached: those of its load balancer, else its cluster IPs
 */
public record Workload(int pods, int updatedPods, boolean settled, List<String> addresses) {
  public Workload {
    addresses = List.copyOf(addresses);
  }

  /** Before the Deployment exists. */
  public static Workload none() {
    return new Workload(0, 0, false, List.of());
  }
}
