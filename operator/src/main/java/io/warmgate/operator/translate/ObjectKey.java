package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** One of the user's objects. */
public record ObjectKey(String kind, String namespace, String name) {

  public static ObjectKey of(HasMetadata object) {
    return new ObjectKey(
        object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  /** {@code namespace/name}. */
  public String id() {
    return namespace + "/" + name;
  }

  /** {@code ApiRoute/catalog}: as people name it within a namespace. */
  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
