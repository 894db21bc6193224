package io.warmgate.server.cache.redis;

/** Redis did not answer, or is known not to. Cheap: no stack trace. */
public final class RedisAway extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RedisAway(String message) {
    super(message, null, false, false);
  }
}
