package io.warmgate.operator.translate;

import java.util.Locale;
import java.util.Optional;

/**
 * Hostnames as Gateway API has them: exact, or {@code *.} and a suffix below which any number of
 * labels may stand; {@link #ANY} for every host.
 */
final class Hostnames {
  static final String ANY = "*";

  private Hostnames() {}

  static String canonical(String hostname) {
    return hostname.toLowerCase(Locale.ROOT);
  }

  /** The narrower of two where one holds the other; empty where they have no host in common. */
  static Optional<String> intersection(String a, String b) {
    if (covers(a, b)) {
      return Optional.of(b);
    }
    return covers(b, a) ? Optional.of(a) : Optional.empty();
  }

  private static boolean covers(String wide, String narrow) {
    if (wide.equals(ANY) || wide.equals(narrow)) {
      return true;
    }
    return wide.startsWith("*.") && narrow.endsWith(wide.substring(1));
  }
}
