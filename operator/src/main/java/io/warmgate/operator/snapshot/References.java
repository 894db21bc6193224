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
 * @param secrets by namespace and name; every referenced one is in it
 * @param configMaps with lists of requests: what those hold that are there, by name
 * @param grants which consumers of other namespaces may name the gateway
 */
public record References(
    @Nullable RedisCache redis,
    Map<String, Service> services,
    Map<String, Map<String, SecretLookup>> secrets,
    Map<String, ConfigMapData> configMaps,
    ReferenceGrants grants) {
  public References {
    services = Map.copyOf(services);
    secrets = Map.copyOf(secrets);
    configMaps = Map.copyOf(configMaps);
  }

  /** With nothing but Services. */
  public References(Map<String, Service> services) {
    this(null, services, Map.of(), Map.of(), ReferenceGrants.none());
  }

  /** What became of looking for the Secret. */
  public SecretLookup secret(String namespace, String name) {
    return secrets.getOrDefault(namespace, Map.of()).getOrDefault(name, new SecretLookup.Missing());
  }
}
