package io.warmgate.httpcache.purge;

import io.warmgate.httpcache.purge.Purge.All;
import io.warmgate.httpcache.purge.Purge.Hosts;
import io.warmgate.httpcache.purge.Purge.Keys;
import io.warmgate.httpcache.purge.Purge.Paths;
import io.warmgate.httpcache.purge.Purge.Prefix;
import io.warmgate.httpcache.purge.Purge.Selector;
import io.warmgate.httpcache.purge.Purge.Tags;
import java.util.Set;
import java.util.function.Consumer;

/** One host, path, prefix, tag or key that a purge names: what a lookup asks the table for. */
record Target(Kind kind, String host, String name) {
  /** Stands for every host. No host is named so. */
  static final String EVERY = "*";

  enum Kind {
    HOST,
    PATH,
    PREFIX,
    TAG,
    KEY
  }

  /** All has none: it is the table's floor. */
  static void each(Selector selector, Consumer<Target> each) {
    switch (selector) {
      case Paths(Set<String> hosts, Set<String> paths) -> each(Kind.PATH, hosts, paths, each);
      case Tags(Set<String> hosts, Set<String> tags) -> each(Kind.TAG, hosts, tags, each);
      case Prefix(Set<String> hosts, String prefix) ->
          each(Kind.PREFIX, hosts, Set.of(withoutSlash(prefix)), each);
      case Keys(Set<String> keys) -> each(Kind.KEY, Set.of(), keys, each);
      case Hosts(Set<String> hosts) -> each(Kind.HOST, hosts, Set.of(""), each);
      case All() -> {}
    }
  }

  private static void each(Kind kind, Set<String> hosts, Set<String> names, Consumer<Target> each) {
    for (String host : hosts.isEmpty() ? Set.of(EVERY) : hosts) {
      for (String name : names) {
        each.accept(new Target(kind, host, name));
      }
    }
  }

  /** How many they are; one for all, so that ids are bounded too. */
  static int count(Selector selector) {
    return switch (selector) {
      case Paths(Set<String> hosts, Set<String> paths) -> Math.max(1, hosts.size()) * paths.size();
      case Tags(Set<String> hosts, Set<String> tags) -> Math.max(1, hosts.size()) * tags.size();
      case Prefix(Set<String> hosts, _) -> Math.max(1, hosts.size());
      case Keys(Set<String> keys) -> keys.size();
      case Hosts(Set<String> hosts) -> hosts.size();
      case All() -> 1;
    };
  }

  private static String withoutSlash(String prefix) {
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }
}
