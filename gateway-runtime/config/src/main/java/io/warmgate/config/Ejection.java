package io.warmgate.config;

/**
 * Passive health: an endpoint that fails this often in a row (connection refused or lost, 502, 503,
 * 504, timeout) is left out for a while; never more than half of a backend's endpoints at once.
 *
 * @param consecutiveFailures 0 never ejects
 */
public record Ejection(int consecutiveFailures, long durationMillis) {
  public Ejection {
    Check.range("consecutiveFailures", consecutiveFailures, 0, 1_000);
    Check.range("durationMillis", durationMillis, 0, 86_400_000);
  }
}
