package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/**
 * Where answers are kept.
 *
 * @param localMaxBytes bound of L1, in the pod's memory
 * @param shared L2, in Redis; null: L1 alone
 */
public record CacheLayers(long localMaxBytes, @Nullable SharedCache shared) {
  public CacheLayers {
    Check.range("localMaxBytes", localMaxBytes, 0, 1L << 40);
  }

  /**
   * A Redis or Valkey server.
   *
   * @param username null: the default user
   * @param password null: none is asked for
   * @param tls null: none
   */
  public record SharedCache(
      String host,
      int port,
      @Nullable ValueRef username,
      @Nullable ValueRef password,
      @Nullable BackendTls tls) {
    public SharedCache {
      Check.text("host", host);
      Check.range("port", port, 1, 65_535);
    }

    /** Without TLS. */
    public SharedCache(
        String host, int port, @Nullable ValueRef username, @Nullable ValueRef password) {
      this(host, port, username, password, null);
    }
  }
}
