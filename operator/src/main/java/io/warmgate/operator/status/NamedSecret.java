package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ExternalRedis;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.crd.v1alpha1.RedisTls;
import io.warmgate.operator.snapshot.RedisNames;
import io.warmgate.operator.snapshot.SecretLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Secret that an External RedisCache names.
 *
 * @param path the field that names it
 * @param keys that it must have
 */
record NamedSecret(String path, String name, List<String> keys) {
  NamedSecret {
    keys = List.copyOf(keys);
  }

  /** What is wrong with it. */
  record Problem(ConditionReason reason, String message) {}

  /** In the order of the fields; none in a Standalone one. */
  static List<NamedSecret> in(RedisCache redis) {
    ExternalRedis external = redis.getSpec().external();
    if (external == null) {
      return List.of();
    }
    List<NamedSecret> named = new ArrayList<>();
    add(named, "spec.external.secretRef", external.secretRef(), RedisNames.PASSWORD);
    RedisTls tls = external.tls();
    if (tls != null) {
      add(named, "spec.external.tls.caSecretRef", tls.caSecretRef(), RedisNames.AUTHORITIES);
      add(
          named,
          "spec.external.tls.clientCertificateRef",
          tls.clientCertificateRef(),
          RedisNames.CERTIFICATE,
          RedisNames.PRIVATE_KEY);
    }
    return named;
  }

  private static void add(
      List<NamedSecret> named, String path, @Nullable NameRef ref, String... keys) {
    if (ref != null) {
      named.add(new NamedSecret(path, ref.name(), List.of(keys)));
    }
  }

  Optional<Problem> problem(SecretLookup lookup) {
    return switch (lookup) {
      case SecretLookup.Missing() ->
          problem(
              ConditionReason.SECRET_NOT_FOUND, "Secret '" + name + "' does not exist; create it");
      case SecretLookup.NotReadable() ->
          problem(
              ConditionReason.SECRET_NOT_READABLE,
              "the operator may not read Secret '"
                  + name
                  + "'; bind the ClusterRole warmgate-secret-reader in this namespace");
      case SecretLookup.Found found ->
          keys.stream()
              .filter(key -> found.value(key).isEmpty())
              .findFirst()
              .flatMap(
                  key ->
                      problem(
                          ConditionReason.SECRET_NOT_FOUND,
                          "Secret '" + name + "' has no key '" + key + "'"));
    };
  }

  private Optional<Problem> problem(ConditionReason reason, String message) {
    return Optional.of(new Problem(reason, path + ": " + message));
  }
}
