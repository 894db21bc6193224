package io.warmgate.httpcache.purge;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That everything stored before a position is gone, as far as it is selected.
 *
 * @param id names it for good: applied twice it is applied once
 * @param position entries whose request was sent before it are gone
 */
public record Purge(String id, Position position, Selector selector) {

  /** What is gone. Paths are without query: every query of a path, and every variant, is gone. */
  public sealed interface Selector {}

  /**
   * These paths.
   *
   * @param hosts lower-case, without port; empty: of every host
   */
  public record Paths(Set<String> hosts, Set<String> paths) implements Selector {
    public Paths {
      hosts = lowerCase(hosts);
      paths = Set.copyOf(paths);
      if (paths.isEmpty()) {
        throw new IllegalArgumentException("no paths");
      }
      paths.forEach(Purge::absolute);
    }
  }

  /**
   * This path and what is below it, by whole segments, as Gateway API's {@code PathPrefix}: {@code
   * /a/b} and {@code /a/b/} both name {@code /a/b} and {@code /a/b/c}, not {@code /a/bc}.
   *
   * @param hosts lower-case, without port; empty: of every host
   */
  public record Prefix(Set<String> hosts, String prefix) implements Selector {
    public Prefix {
      hosts = lowerCase(hosts);
      absolute(prefix);
    }
  }

  /** Everything of these hosts. */
  public record Hosts(Set<String> hosts) implements Selector {
    public Hosts {
      hosts = lowerCase(hosts);
      if (hosts.isEmpty()) {
        throw new IllegalArgumentException("no hosts");
      }
    }
  }

  /** Everything. */
  public record All() implements Selector {}

  private static void absolute(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
  }

  private static Set<String> lowerCase(Set<String> hosts) {
    return hosts.stream()
        .map(host -> host.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
