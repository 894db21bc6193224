package io.warmgate.operator.translate;

import io.warmgate.config.BackendTls;
import io.warmgate.config.CacheLayers.SharedCache;
import io.warmgate.config.ListenerTls;
import io.warmgate.config.ValueRef;
import io.warmgate.crd.v1alpha1.CacheEncryption;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ExternalRedis;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.crd.v1alpha1.RedisTls;
import io.warmgate.operator.snapshot.RedisNames;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that the pods share. Where its RedisCache is not there, each pod caches for itself;
 * where only its password, certificates or keys cannot be had, the cache goes on as it runs, but
 * not in plain where secrecy is asked for: then too each pod caches for itself.
 */
final class SharedCacheCompiler {
  private static final String PATH = "spec.cache.sharedRef";
  private static final String NOT_USED = "Redis is not used (each pod caches for itself alone)";
  private static final int KEY_BYTES = 32;

  private final Snapshot snapshot;
  private final Values values;
  private final Certificates certificates;
  private final Running running;
  private final Findings findings;

  SharedCacheCompiler(Snapshot snapshot, Values values, Running running, Findings findings) {
    this.snapshot = snapshot;
    this.values = values;
    this.certificates = new Certificates(values);
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
      SharedCache goesOn = asItRuns(redis, address);
      findings.add(goesOn == null ? e.in(gateway, NOT_USED) : e.in(gateway));
      return goesOn;
    }
  }

  private @Nullable SharedCache asItRuns(RedisCache redis, RedisAddress address) {
    return running
        .config()
        .map(config -> config.cache().shared())
        .filter(shared -> shared.host().equals(address.host()) && shared.port() == address.port())
        .filter(shared -> values.has(shared.username()) && values.has(shared.password()))
        .filter(shared -> values.has(shared.tls()))
        .filter(shared -> shared.encryptionKeys().stream().allMatch(values::has))
        .filter(shared -> isAsSecretAsAsked(redis, shared))
        .orElse(null);
  }

  /** Whoever asks for TLS or encryption does not want the next entry to be readable. */
  private boolean isAsSecretAsAsked(RedisCache redis, SharedCache shared) {
    ExternalRedis external = redis.getSpec().external();
    boolean tls = external != null && external.tls() != null;
    boolean encryption = snapshot.gateway().getSpec().cache().encryption() != null;
    return (!tls || shared.tls() != null) && (!encryption || !shared.encryptionKeys().isEmpty());
  }

  private SharedCache compile(RedisCache redis, RedisAddress address) {
    return switch (redis.getSpec().mode()) {
      case STANDALONE -> {
        String secret = RedisNames.objects(redis);
        yield new SharedCache(
            address.host(),
            address.port(),
            null,
            required(secret, RedisNames.PASSWORD),
            null,
            encryptionKeys());
      }
      case EXTERNAL -> {
        ExternalRedis external = redis.getSpec().external();
        NameRef secret = external == null ? null : external.secretRef();
        RedisTls tls = external == null ? null : external.tls();
        yield new SharedCache(
            address.host(),
            address.port(),
            secret == null ? null : optional(secret.name(), RedisNames.USERNAME),
            secret == null ? null : required(secret.name(), RedisNames.PASSWORD),
            tls == null ? null : tls(tls, address.host()),
            encryptionKeys());
      }
    };
  }

  private BackendTls tls(RedisTls tls, String host) {
    NameRef ca = tls.caSecretRef();
    NameRef client = tls.clientCertificateRef();
    ListenerTls pair = client == null ? null : certificates.pair(PATH, client.name());
    return new BackendTls(
        tls.serverName() == null ? host : tls.serverName(),
        ca == null ? null : certificates.authorities(PATH, ca.name()),
        pair == null ? null : pair.certificate(),
        pair == null ? null : pair.privateKey());
  }

  private List<ValueRef> encryptionKeys() {
    CacheEncryption encryption = snapshot.gateway().getSpec().cache().encryption();
    if (encryption == null) {
      return List.of();
    }
    String path = "spec.cache.encryption";
    String secret = encryption.secretRef().name();
    SecretLookup.Found found = values.secret(path, secret);
    return encryption.keys().stream().map(key -> encryptionKey(path, secret, found, key)).toList();
  }

  private ValueRef encryptionKey(String path, String secret, SecretLookup.Found found, String key) {
    byte[] value = values.value(path, secret, found, key);
    if (!isKey(new String(value, StandardCharsets.ISO_8859_1).strip())) {
      throw Unusable.unresolved(
          ConditionReason.INVALID_SECRET,
          path,
          "key '%s' of Secret '%s' is not 32 bytes in base64; make one with: openssl rand -base64 32"
              .formatted(key, secret));
    }
    return values.ref(secret, key, value);
  }

  private static boolean isKey(String base64) {
    try {
      return Base64.getDecoder().decode(base64).length == KEY_BYTES;
    } catch (IllegalArgumentException _) {
      return false;
    }
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
