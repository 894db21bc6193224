package io.warmgate.local.api.store;

import java.util.Comparator;

/**
 * One object's place among those of its resource; ordered as lists are.
 *
 * @param namespace empty for cluster-scoped
 */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
