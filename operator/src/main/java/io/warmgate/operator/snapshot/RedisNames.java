package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.ExternalRedis;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.crd.v1alpha1.RedisTls;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the objects of a RedisCache are called, and the keys of its Secret. */
public final class RedisNames {
  /** The port that a Standalone server listens on. */
  public static final int PORT = 6379;

  /** Key of the password, in the Standalone server's Secret and in the user's. */
  public static final String PASSWORD = "password";

  /** Key of the user's name, in the user's Secret alone. */
  public static final String USERNAME = "username";

  /** Key of the authorities' certificates, in the Secret that caSecretRef names. */
  public static final String AUTHORITIES = "ca.crt";

  /** Key of the client certificate, in the Secret that clientCertificateRef names. */
  public static final String CERTIFICATE = "tls.crt";

  /** Key of the client certificate's private key, in the same. */
  public static final String PRIVATE_KEY = "tls.key";

  private RedisNames() {}

  /**
   * StatefulSet, Service, Secret, NetworkPolicy of a Standalone server. Not the bare name: a
   * gateway may have that.
   */
  public static String objects(RedisCache redis) {
    return redis.getMetadata().getName() + "-redis";
  }

  /** The Secret with the password; empty where the server asks for none. */
  public static Optional<String> secret(RedisCache redis) {
    return switch (redis.getSpec().mode()) {
      case STANDALONE -> Optional.of(objects(redis));
      case EXTERNAL ->
          Optional.ofNullable(redis.getSpec().external())
              .map(ExternalRedis::secretRef)
              .map(NameRef::name);
    };
  }

  /** Every Secret that its spec names, or its server's own. */
  public static Set<String> secrets(RedisCache redis) {
    Set<String> names = new TreeSet<>();
    secret(redis).ifPresent(names::add);
    tls(redis)
        .ifPresent(
            tls -> {
              for (NameRef ref : new NameRef[] {tls.caSecretRef(), tls.clientCertificateRef()}) {
                if (ref != null) {
                  names.add(ref.name());
                }
              }
            });
    return names;
  }

  /** How TLS is spoken to it; empty where none is. */
  public static Optional<RedisTls> tls(RedisCache redis) {
    return Optional.ofNullable(redis.getSpec().external()).map(ExternalRedis::tls);
  }
}
