package io.warmgate.httpcache.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which query parameters are part of a key. Kept ones keep their bytes, and their order unless it
 * is {@link Sorted}.
 *
 * <p>A parameter that is left out is one that answers do not depend on; so wherever an origin might
 * read something else than is read here, the parameter stays: a name with a broad meaning of its
 * bytes (bad percent-encoding), and a parameter with a semicolon, which some take for a separator.
 */
public sealed interface QueryRule {

  /** The part of a query that is in the key; null where there is none. */
  @Nullable String kept(@Nullable String query);

  /** The whole query. */
  record All() implements QueryRule {
    @Override
    public @Nullable String kept(@Nullable String query) {
      return query;
    }
  }

  /** Only parameters whose name one of the globs matches. */
  record Include(List<Glob> names) implements QueryRule {
    public Include {
      names = List.copyOf(names);
    }

    @Override
    public @Nullable String kept(@Nullable String query) {
      return QueryParameters.filter(query, name -> matches(names, name));
    }
  }

  /** All parameters but those whose name one of the globs matches. */
  record Exclude(List<Glob> names) implements QueryRule {
    public Exclude {
      names = List.copyOf(names);
    }

    @Override
    public @Nullable String kept(@Nullable String query) {
      return QueryParameters.filter(query, name -> !matches(names, name));
    }
  }

  /**
   * What another rule keeps, in the order of names: for origins that read parameters by name alone.
   */
  record Sorted(QueryRule rule) implements QueryRule {
    @Override
    public @Nullable String kept(@Nullable String query) {
      return QueryParameters.sorted(rule.kept(query));
    }
  }

  private static boolean matches(List<Glob> globs, String name) {
    for (Glob glob : globs) {
      if (glob.matches(name)) {
        return true;
      }
    }
    return false;
  }
}
