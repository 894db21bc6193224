package io.warmgate.operator.snapshot;

import io.fabric8.kubernetes.api.model.Service;
import io.warmgate.crd.v1alpha1.RedisCache;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway and its attachments name: {@link ReferencedNames} says which names to look up.
 *
 * @param redis the RedisCache of {@code spec.cache.sharedRef}; null where none is named or it does
 *     not exist
 * @param services by name; one that is missing does not exist
 * @param secrets by name; every referenced one is in it
 * @param configMaps with lists of requests: the data of those that are there, by name
 */
public record References(
    @Nullable RedisCache redis,
    Map<String, Service> services,
    Map<String, SecretLookup> secrets,
    Map<String, Map<String, String>> configMaps) {
  public References {
    services = Map.copyOf(services);
    secrets = Map.copyOf(secrets);
    configMaps = Map.copyOf(configMaps);
  }

  /** Without lists of requests. */
  public References(
      @Nullable RedisCache redis,
      Map<String, Service> services,
      Map<String, SecretLookup> secrets) {
    this(redis, services, secrets, Map.of());
  }

  /** What became of looking for the Secret. */
  public SecretLookup secret(String name) {
    return secrets.getOrDefault(name, new SecretLookup.Missing());
  }
}
