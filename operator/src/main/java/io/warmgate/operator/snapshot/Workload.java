package io.warmgate.operator.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * What the gateway's own objects say.
 *
 * @param sides the templates of its pods, each with a Deployment
 * @param addresses where the Service is reached: those of its load balancer, else its cluster IPs
 */
public record Workload(List<PodSide> sides, List<String> addresses) {
  public Workload {
    sides = List.copyOf(sides);
    addresses = List.copyOf(addresses);
  }

  /** Before a Deployment exists. */
  public static Workload none() {
    return new Workload(List.of(), List.of());
  }

  /** Pods that exist, of any template. */
  public int pods() {
    return sides.stream().mapToInt(PodSide::pods).sum();
  }

  /** Whether there is a Deployment, and each has come to its end. */
  public boolean settled() {
    return !sides.isEmpty() && sides.stream().allMatch(PodSide::settled);
  }

  /** What is known of a side; empty where it has no Deployment. */
  public Optional<PodSide> side(String name) {
    return sides.stream().filter(side -> side.name().equals(name)).findFirst();
  }
}
