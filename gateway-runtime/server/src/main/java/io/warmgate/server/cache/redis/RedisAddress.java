package io.warmgate.server.cache.redis;

import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisOptions;
import io.warmgate.config.CacheLayers.SharedCache;
import io.warmgate.config.ValueRef;
import io.warmgate.server.Values;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is and who asks it. Prints no password.
 *
 * @param username null: the default user
 * @param password null: none is asked for
 * @param tls null: none
 */
public record RedisAddress(
    String host,
    int port,
    @Nullable String username,
    @Nullable String password,
    @Nullable RedisTls tls) {
  private static final int CONNECT_TIMEOUT_MILLIS = 500;

  /** Two round trips more, and the first handshake of a JVM. No request waits for it. */
  private static final int TLS_CONNECT_TIMEOUT_MILLIS = 2_000;

  /** Without TLS. */
  public RedisAddress(String host, int port, @Nullable String username, @Nullable String password) {
    this(host, port, username, password, null);
  }

  /**
   * @throws io.warmgate.config.ConfigException where a value is missing or of no use
   */
  public static RedisAddress of(SharedCache shared, Values values) {
    return new RedisAddress(
        shared.host(),
        shared.port(),
        text(shared.username(), values),
        text(shared.password(), values),
        shared.tls() == null ? null : RedisTls.of(shared.tls(), values));
  }

  private static @Nullable String text(@Nullable ValueRef reference, Values values) {
    return reference == null
        ? null
        : new String(values.value(reference), StandardCharsets.UTF_8).strip();
  }

  /** How long a connection may take to be made: beyond it the server counts as away. */
  public int connectTimeoutMillis() {
    return tls == null ? CONNECT_TIMEOUT_MILLIS : TLS_CONNECT_TIMEOUT_MILLIS;
  }

  public RedisOptions options() {
    NetClientOptions connection =
        new NetClientOptions()
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true)
            .setConnectTimeout(connectTimeoutMillis());
    if (tls != null) {
      tls.secure(connection);
    }
    String scheme = tls == null ? "redis://" : "rediss://";
    return new RedisOptions()
        .setConnectionString(scheme + credentials() + authority())
        .setPreferredProtocolVersion(ProtocolVersion.RESP2)
        .setMaxPoolSize(1)
        .setMaxPoolWaiting(1)
        .setMaxWaitingHandlers(65_536)
        .setPoolCleanerInterval(-1)
        .setNetClientOptions(connection);
  }

  private String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private String credentials() {
    if (password == null) {
      return "";
    }
    return encode(username == null ? "default" : username) + ":" + encode(password) + "@";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return authority();
  }
}
