package io.warmgate.server.cache.lease;

/** What came of asking for a {@link Lease}. */
public sealed interface Claim {

  /** This pod fetches. */
  record Mine(Lease lease) implements Claim {
    private static final Mine UNLEASED = new Mine(Lease.NONE);
  }

  /** Another pod fetched. */
  record Theirs(Lease.End end) implements Claim {}

  /** Nobody was asked, or nobody answered: this pod fetches, and so may others. */
  static Claim unleased() {
    return Mine.UNLEASED;
  }
}
