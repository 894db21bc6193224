package io.warmgate.server.cache.lease;

/** What came of asking for a {@link Lease}. */
public sealed interface Claim {

  /**
   * This pod fetches.
   *
   * @param afterAnother whether another pod had the lease while this one waited, and nobody heard
   *     how it ended: what it brought may be in Redis
   */
  record Mine(Lease lease, boolean afterAnother) implements Claim {
    private static final Mine UNLEASED = new Mine(Lease.NONE, false);
  }

  /** Another pod fetched. */
  record Theirs(Lease.End end) implements Claim {}

  /** Nobody was asked, or nobody answered: this pod fetches, and so may others. */
  static Claim unleased() {
    return Mine.UNLEASED;
  }
}
