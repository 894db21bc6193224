package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Subject;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.lease.Lease;
import io.warmgate.server.cache.lease.Lease.End;
import io.warmgate.server.cache.lease.Leases;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.cache.log.Purges;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * A fetch under way whose answer others may wait for: in this pod for its verdict, in other pods
 * for the end of its lease. The verdict comes with the answer's head, so that nobody queues behind
 * an answer that is not for sharing.
 */
final class Fill {
  private final CacheKey key;
  private final Fence fence;
  private final ConcurrentMap<CacheKey, Fill> running;
  private final Promise<Verdict> verdict = Promise.promise();
  private final long sinceNanos = System.nanoTime();
  private volatile Lease lease = Lease.NONE;

  /** What the head told. */
  sealed interface Verdict {

    /**
     * The answer is being kept: who waits reads along.
     *
     * @param key where it will be
     * @param names of the fields that selected it; empty: none
     */
    record Kept(
        int status,
        FieldList fields,
        Validity validity,
        CacheKey key,
        List<String> names,
        SharedBody body)
        implements Verdict {}

    /** Another pod fetched it: it came out of Redis. */
    record Arrived(Found found) implements Verdict {}

    /**
     * The stored answer is right.
     *
     * @param key that the asker finds it by first, by what it says now
     */
    record Refreshed(StoredResponse entry, CacheKey key) implements Verdict {}

    /** Answers that tell nothing more. */
    enum Plain implements Verdict {
      /** The answer is the asker's alone: who waits asks for itself. */
      ALONE,
      /** There is no answer for anybody yet: of those who wait one more asks, once. */
      AGAIN,
      /** Who would have asked was refused by its own limits: of those who wait one more asks. */
      NOT_ASKED
    }

    /** The origin failed: who waits is served stale where it may be, or one more asks. */
    record Erred(int status) implements Verdict {}

    /** There is no answer, for nobody. */
    record Failed(Throwable cause) implements Verdict {}
  }

  /**
   * @param key that is fetched for
   * @param fence taken before the request is sent
   * @param running those that others may join; whoever makes it puts it there, or does not
   */
  Fill(CacheKey key, Fence fence, ConcurrentMap<CacheKey, Fill> running) {
    this.key = key;
    this.fence = fence;
    this.running = running;
  }

  Fence fence() {
    return fence;
  }

  /** Other pods are held off by this, from now on. */
  void leased(Lease held) {
    lease = held;
  }

  Lease lease() {
    return lease;
  }

  /** Whether it has taken so long that nobody should wait for it any more. */
  private boolean isLate() {
    return System.nanoTime() - sinceNanos > TimeUnit.MILLISECONDS.toNanos(Leases.PATIENCE_MILLIS);
  }

  /**
   * Whether a request may wait for it that asks for what those purges would name so: one that
   * arrives after a purge was applied never joins a fill begun before it.
   */
  boolean isJoinable(Purges purges, Subject wanted) {
    return !isLate() && !purges.mayConcern(fence.local(), wanted);
  }

  /** Nobody joins it any more. */
  void over() {
    running.remove(key, this);
  }

  /** Who follows, and who will, is told. */
  void decide(Verdict decided) {
    verdict.tryComplete(decided);
  }

  /** The answer is the asker's alone. */
  void alone() {
    over();
    decide(Verdict.Plain.ALONE);
    lease.end(End.UNCACHEABLE);
  }

  /** There is nothing to share; in other pods, who waits may ask. */
  void end(Verdict decided) {
    over();
    decide(decided);
    lease.end(End.LOOK);
  }

  /** Never fails. */
  Future<Verdict> verdict() {
    return verdict.future();
  }
}
