package io.warmgate.aisimulator.model;

/**
 * What may be asked for in a time; beyond it requests are refused with 429 and {@code Retry-After}.
 *
 * @param requests how many; 0 for any number
 * @param tokens in and out; 0 for any number. The request that crosses the line is still answered
 * @param windowSeconds the time's length
 */
public record RateLimit(int requests, int tokens, int windowSeconds) {
  public RateLimit {
    if (requests < 0 || tokens < 0 || windowSeconds < 1) {
      throw new IllegalArgumentException("rateLimit: numbers from 0, windowSeconds from 1");
    }
  }
}
