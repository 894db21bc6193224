package io.warmgate.httpcache.purge;

/** What purges have made of an entry. */
public sealed interface Standing {

  /** No purge names it. */
  record Untouched() implements Standing {
    static final Untouched UNTOUCHED = new Untouched();
  }

  /**
   * A soft purge names it.
   *
   * @param sinceMillis when the latest of them was made
   */
  record Stale(long sinceMillis) implements Standing {}

  /** A hard purge names it: it must not be used. */
  record Gone() implements Standing {
    static final Gone GONE = new Gone();
  }
}
