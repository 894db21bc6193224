package io.warmgate.local.api.service;

import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.resource.ResourceType;
import io.warmgate.local.api.store.ObjectKey;

/**
 * What a request is about.
 *
 * @param namespace empty for cluster-scoped resources and for all namespaces
 * @param name empty for a collection
 * @param subresource empty for the object itself
 */
public record Target(ResourceType type, String namespace, String name, String subresource) {
  public ObjectKey key() {
    return new ObjectKey(namespace, name);
  }

  ApiException notFound() {
    return ApiException.notFound(type.names().group(), type.names().plural(), name);
  }

  ApiException conflict(String cause) {
    return ApiException.conflict(type.names().group(), type.names().plural(), name, cause);
  }
}
