package io.warmgate.operator.translate;

import io.warmgate.config.CacheLayers.SharedCache;
import io.warmgate.config.ValueRef;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ExternalRedis;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.operator.snapshot.RedisNames;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that the pods share. Where its RedisCache is not there, each pod caches for itself;
 * where only its password cannot be had, the cache goes on as it runs.
 */
final class SharedCacheCompiler {
  private static final String PATH = "spec.cache.sharedRef";

  private final Snapshot snapshot;
  private final Values values;
  private final Running running;
  private final Findings findings;

  SharedCacheCompiler(Snapshot snapshot, Values values, Running running, Findings findings) {
    this.snapshot = snapshot;
    this.values = values;
    this.running = running;
    this.findings = findings;
  }

  @Nullable SharedCache compile() {
    NameRef ref = snapshot.gateway().getSpec().cache().sharedRef();
    if (ref == null) {
      return null;
    }
    RedisCache redis = snapshot.references().redis();
    ObjectKey gateway = ObjectKey.of(snapshot.gateway());
    if (redis == null) {
      findings.add(
          Unusable.unresolved(
                  ConditionReason.CACHE_NOT_FOUND,
                  PATH,
                  "RedisCache '%s' does not exist in namespace '%s'; until it does, each pod caches for itself alone"
                      .formatted(ref.name(), snapshot.namespace()))
              .in(gateway));
      return null;
    }
    RedisAddress address = RedisAddress.of(redis);
    try {
      return compile(redis, address);
    } catch (Unusable e) {
      findings.add(e.in(gateway));
      return running
          .config()
          .map(config -> config.cache().shared())
          .filter(shared -> shared.host().equals(address.host()) && shared.port() == address.port())
          .filter(shared -> values.has(shared.username()) && values.has(shared.password()))
          .orElse(null);
    }
  }

  private SharedCache compile(RedisCache redis, RedisAddress address) {
    return switch (redis.getSpec().mode()) {
      case STANDALONE -> {
        String secret = RedisNames.objects(redis);
        yield new SharedCache(
            address.host(), address.port(), null, required(secret, RedisNames.PASSWORD));
      }
      case EXTERNAL -> {
        ExternalRedis external = redis.getSpec().external();
        NameRef secret = external == null ? null : external.secretRef();
        yield secret == null
            ? new SharedCache(address.host(), address.port(), null, null)
            : new SharedCache(
                address.host(),
                address.port(),
                optional(secret.name(), RedisNames.USERNAME),
                required(secret.name(), RedisNames.PASSWORD));
      }
    };
  }

  private ValueRef required(String secret, String key) {
    SecretLookup.Found found = values.secret(PATH, secret);
    return values.ref(secret, key, values.value(PATH, secret, found, key));
  }

  private @Nullable ValueRef optional(String secret, String key) {
    return values
        .secret(PATH, secret)
        .value(key)
        .map(value -> values.ref(secret, key, value))
        .orElse(null);
  }
}
