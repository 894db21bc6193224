package io.warmgate.config;

/**
 * How often a request is tried again: a failed connect for any method, other failures (connection
 * lost, 502, 503, 504) before the response began and for idempotent methods alone (RFC 9110
 * §9.2.2).
 *
 * @param attempts tries after the first; 0: none
 * @param backoffMillis before the first retry, doubled for each further one, with jitter
 */
public record Retry(int attempts, long backoffMillis) {
  public Retry {
    Check.range("attempts", attempts, 0, 5);
    Check.range("backoffMillis", backoffMillis, 0, 60_000);
  }
}
