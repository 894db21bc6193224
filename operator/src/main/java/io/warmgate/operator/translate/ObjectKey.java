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

  /** As the author of an object in this namespace may read it: what others have is not named. */
  public String seenFrom(String other) {
    return namespace.equals(other) ? toString() : kind + " of another namespace";
  }

  /** {@code ApiRoute/catalog}: as people name it within a namespace. */
  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
