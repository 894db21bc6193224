package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/**
 * What a pod may ask of a backend; beyond it requests queue, and beyond the queue they get 503 with
 * {@code Retry-After}.
 *
 * @param maxConcurrent requests under way at once; null: no limit
 * @param maxRequestsPerSecond null: no limit
 * @param queueSize requests that may wait
 * @param queueTimeoutMillis how long each may wait
 */
public record BackendLimits(
    @Nullable Integer maxConcurrent,
    @Nullable Integer maxRequestsPerSecond,
    int queueSize,
    long queueTimeoutMillis) {
  public BackendLimits {
    Check.range("maxConcurrent", maxConcurrent == null ? 1 : maxConcurrent, 1, 1_000_000);
    Check.range(
        "maxRequestsPerSecond",
        maxRequestsPerSecond == null ? 1 : maxRequestsPerSecond,
        1,
        1_000_000);
    Check.range("queueSize", queueSize, 0, 100_000);
    Check.range("queueTimeoutMillis", queueTimeoutMillis, 0, 3_600_000);
  }
}
