package io.warmgate.server.limit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was found lately, in front of a slower look-up: one look into a table where the same was
 * asked before. Two that have one place take it from each other. After so many uses, and after a
 * moment, nothing is found, so that who decides what is forgotten hears of what is used.
 *
 * <p>Safe for threads without a lock: an entry does not change but for its count of uses, and one
 * that gets lost, or a use that does, costs a look-up.
 *
 * @param <V> what is found
 */
final class Recent<V> {
  static final long NANOS = 250_000_000;

  private static final int PLACES = 1 << 12;

  private final @Nullable Object[] places = new Object[PLACES];
  private final int maxUses;

  private static final class Entry {
    private final Object scope;
    private final @Nullable Object who;
    private final Object found;
    private final long until;
    private int uses;

    Entry(Object scope, @Nullable Object who, Object found, long until) {
      this.scope = scope;
      this.who = who;
      this.found = found;
      this.until = until;
    }
  }

  Recent(int maxUses) {
    this.maxUses = maxUses;
  }

  /**
   * @param scope this very object
   * @param who text that is equal, or this very object
   */
  @SuppressWarnings({"unchecked", "ReferenceEquality"}) // None but put makes an entry.
  @Nullable V get(Object scope, @Nullable Object who, long now) {
    if (!(places[place(scope, who)] instanceof Entry entry)
        || entry.scope != scope
        || !same(entry.who, who)
        || now - entry.until >= 0
        || ++entry.uses > maxUses) {
      return null;
    }
    return (V) entry.found;
  }

  void put(Object scope, @Nullable Object who, V found, long now) {
    places[place(scope, who)] = new Entry(scope, who, found, now + NANOS);
  }

  /** Holds on to nothing that it was given. */
  void clear() {
    Arrays.fill(places, null);
  }

  @SuppressWarnings("ReferenceEquality") // That is what is asked.
  private static boolean same(@Nullable Object one, @Nullable Object other) {
    return one == other || (one instanceof String text && text.equals(other));
  }

  private static int place(Object scope, @Nullable Object who) {
    int hash =
        31 * System.identityHashCode(scope)
            + (who instanceof String text ? text.hashCode() : System.identityHashCode(who));
    return (hash ^ hash >>> 12 ^ hash >>> 24) & (PLACES - 1);
  }
}
