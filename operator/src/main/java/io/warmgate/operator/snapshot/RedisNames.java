package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.ExternalRedis;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.crd.v1alpha1.RedisCache;
import java.util.Optional;

/** What the objects of a RedisCache are called, and the keys of its Secret. */
public final class RedisNames {
  /** The port that a Standalone server listens on. */
  public static final int PORT = 6379;

  /** Key of the password, in the Standalone server's Secret and in the user's. */
  public static final String PASSWORD = "password";

  /** Key of the user's name, in the user's Secret alone. */
  public static final String USERNAME = "username";

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
}
