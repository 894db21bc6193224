package io.warmgate.server.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.config.BackendTls;
import io.warmgate.config.CacheLayers.SharedCache;
import io.warmgate.config.ConfigException;
import io.warmgate.config.ValueRef;
import io.warmgate.server.Values;
import io.warmgate.server.cache.redis.RedisAddress;
import io.warmgate.server.cache.redis.RedisTls;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Values that a test hands out references to. */
final class GivenValues implements Values {
  private final Map<String, byte[]> values = new ConcurrentHashMap<>();
  private volatile List<String> encryptionKeys = List.of();

  /** What is kept in Redis from the next configuration on is encrypted with the first. */
  void encryptWith(List<String> keys) {
    encryptionKeys = keys;
  }

  @Nullable ValueRef ref(@Nullable String text) {
    if (text == null) {
      return null;
    }
    ValueRef ref = new ValueRef("test/value", "%064x".formatted(Objects.hash(text, "salt")));
    values.put(ref.fingerprint(), text.getBytes(UTF_8));
    return ref;
  }

  /** As the operator would say it. */
  SharedCache shared(RedisAddress redis) {
    RedisTls tls = redis.tls();
    return new SharedCache(
        redis.host(),
        redis.port(),
        ref(redis.username()),
        ref(redis.password()),
        tls == null
            ? null
            : new BackendTls(
                tls.serverName(),
                ref(tls.authorities()),
                ref(tls.certificate()),
                ref(tls.privateKey())),
        encryptionKeys.stream().map(this::ref).map(Objects::requireNonNull).toList());
  }

  @Override
  public byte[] value(ValueRef reference) {
    byte[] value = values.get(reference.fingerprint());
    if (value == null) {
      throw new ConfigException(reference.name(), "is not here");
    }
    return value;
  }
}
