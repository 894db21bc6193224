package io.warmgate.httpcache.purge;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That everything stored before a position is gone, or stale, as far as it is selected.
 *
 * @param id names it for good: applied twice it is applied once
 * @param position entries whose request was sent before it are meant
 * @param atMillis when it was made: what it makes stale is stale since then
 */
public record Purge(String id, Position position, Mode mode, long atMillis, Selector selector) {

  /** What becomes of an entry. */
  public enum Mode {
    /** It is gone. */
    HARD,
    /** It is stale from then on, and usable as far as stale entries are. */
    SOFT
  }

  /** What is meant. Paths are without query: every query of a path, and every variant. */
  public sealed interface Selector {}

  /**
   * These paths.
   *
   * @param hosts lower-case, without port; empty: of every host
   */
  public record Paths(Set<String> hosts, Set<String> paths) implements Selector {
    public Paths {
      hosts = lowerCase(hosts);
      paths = some("paths", paths);
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

  /**
   * What has one of these tags.
   *
   * @param hosts lower-case, without port; empty: of every host
   */
  public record Tags(Set<String> hosts, Set<String> tags) implements Selector {
    public Tags {
      hosts = lowerCase(hosts);
      tags = some("tags", tags);
    }
  }

  /**
   * What lies under one of these keys, and every variant of a primary one.
   *
   * @param keys as {@link io.warmgate.httpcache.key.CacheKey#hex} writes them
   */
  public record Keys(Set<String> keys) implements Selector {
    public Keys {
      keys = some("keys", keys);
    }
  }

  /** Everything of these hosts. */
  public record Hosts(Set<String> hosts) implements Selector {
    public Hosts {
      hosts = some("hosts", lowerCase(hosts));
    }
  }

  /** Everything. */
  public record All() implements Selector {}

  /** The same, at that position and time. */
  public Purge at(Position position, long atMillis) {
    return new Purge(id, position, mode, atMillis, selector);
  }

  private static Set<String> some(String what, Set<String> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no " + what);
    }
    return Set.copyOf(values);
  }

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
