package io.warmgate.operator.gather;

import java.util.Set;
import java.util.TreeSet;

/**
 * Where the operator looks for its resources.
 *
 * @param names empty: in every namespace
 */
public record WatchedNamespaces(Set<String> names) {
  public WatchedNamespaces {
    names = Set.copyOf(names);
  }

  /** Reads a comma-separated list; empty is every namespace. */
  public static WatchedNamespaces parse(String list) {
    Set<String> names = new TreeSet<>();
    for (String name : list.split(",")) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return new WatchedNamespaces(names);
  }

  public boolean all() {
    return names.isEmpty();
  }

  @Override
  public String toString() {
    return all() ? "all namespaces" : String.join(", ", new TreeSet<>(names));
  }
}
