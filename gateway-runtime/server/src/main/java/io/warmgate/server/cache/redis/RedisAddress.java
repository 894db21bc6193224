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
 */
public record RedisAddress(
    String host, int port, @Nullable String username, @Nullable String password) {

  /** Of a handshake: beyond it the server counts as away. */
  public static final int CONNECT_TIMEOUT_MILLIS = 500;

  /**
   * @throws io.warmgate.config.ConfigException where a value is missing
   */
  public static RedisAddress of(SharedCache shared, Values values) {
    return new RedisAddress(
        shared.host(),
        shared.port(),
        text(shared.username(), values),
        text(shared.password(), values));
  }

  private static @Nullable String text(@Nullable ValueRef reference, Values values) {
    return reference == null
        ? null
        : new String(values.value(reference), StandardCharsets.UTF_8).strip();
  }

  public RedisOptions options() {
    return new RedisOptions()
        .setConnectionString("redis://" + credentials() + host + ":" + port)
        .setPreferredProtocolVersion(ProtocolVersion.RESP2)
        .setMaxPoolSize(1)
        .setMaxPoolWaiting(1)
        .setMaxWaitingHandlers(65_536)
        .setPoolCleanerInterval(-1)
        .setNetClientOptions(
            new NetClientOptions()
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS));
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
    return host + ":" + port;
  }
}
