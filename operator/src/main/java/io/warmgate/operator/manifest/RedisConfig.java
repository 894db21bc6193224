package io.warmgate.operator.manifest;

import io.warmgate.crd.v1alpha1.RedisCacheSpec;
import io.warmgate.operator.snapshot.RedisNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What a Standalone server is configured with, in the words that Redis and Valkey share. It holds
 * the password, which is therefore on no command line.
 */
final class RedisConfig {
  /** Key in the Secret, and name of the file. */
  static final String FILE = "redis.conf";

  /** Where the Secret is mounted. */
  static final String FOLDER = "/etc/warmgate/redis";

  private RedisConfig() {}

  static String of(RedisCacheSpec spec, String password) {
    return """
    port %d
    requirepass %s
    maxmemory %d
    maxmemory-policy %s
    save ""
    appendonly no
    """
        .formatted(RedisNames.PORT, password, maxMemoryBytes(spec), policy(spec));
  }

  static long maxMemoryBytes(RedisCacheSpec spec) {
    return Memory.bytes(
        Objects.requireNonNullElse(spec.maxMemory(), RedisCacheSpec.DEFAULT_MAX_MEMORY));
  }

  /** Always among keys with an expiry: the invalidation log has none. */
  private static String policy(RedisCacheSpec spec) {
    return switch (Objects.requireNonNullElse(spec.eviction(), RedisCacheSpec.DEFAULT_EVICTION)) {
      case LRU -> "volatile-lru";
      case LFU -> "volatile-lfu";
      case RANDOM -> "volatile-random";
      case TTL -> "volatile-ttl";
    };
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Changes when the server has to be started again. */
  static String hash(String config) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(config.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
