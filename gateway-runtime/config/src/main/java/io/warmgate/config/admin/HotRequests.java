package io.warmgate.config.admin;

import io.warmgate.config.ConfigException;
import java.util.List;

/**
 * What a pod was asked most for on one route, of what may be kept for others.
 *
 * <p>Weights are requests of the last minutes: older ones count less. A request that carried a
 * credential counts in {@code total} and {@code partitioned}, and is not listed.
 *
 * @param route id of the route
 * @param total weight of all requests that could have been answered by an entry
 * @param partitioned the part of {@code total} whose answers are one client's: they cannot be asked
 *     for without its credential
 * @param requests the heaviest first
 */
public record HotRequests(String route, double total, double partitioned, List<Hot> requests) {

  /**
   * @param weight its own part of {@code total}; an estimate from above
   */
  public record Hot(WarmRequest request, double weight) {
    public Hot {
      if (request == null) {
        throw new ConfigException("request", "is missing");
      }
    }
  }

  public HotRequests {
    requests = List.copyOf(requests);
  }
}
