package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.lease.Leases;
import io.warmgate.server.cache.log.Fence;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * A fetch of a range under way, which those who ask for the same range in this pod may wait for.
 * Other pods fetch for themselves: a part is rarely as sought after as a page.
 */
final class RangeFill {
  private final Wanted wanted;
  private final Fence fence;
  private final ConcurrentMap<Wanted, RangeFill> running;
  private final Promise<Verdict> verdict = Promise.promise();
  private final long sinceNanos = System.nanoTime();

  /**
   * What is fetched.
   *
   * @param whole the key that the whole would be found under
   * @param range as it is sent
   */
  record Wanted(CacheKey whole, String range) {}

  /** What the head told. */
  sealed interface Verdict {

    /**
     * The part is being kept: who waits reads along.
     *
     * @param fields of the whole
     * @param key that the whole would be found under
     * @param names of the fields that selected it; empty: none
     * @param body the part's bytes
     */
    record Kept(
        FieldList fields,
        Validity validity,
        Part part,
        long length,
        CacheKey key,
        List<String> names,
        SharedBody body)
        implements Verdict {}

    /** There is nothing to read along: who waits looks once more, and then asks for itself. */
    record Look() implements Verdict {}
  }

  /**
   * @param fence taken before the request is sent
   * @param running those that others may join; whoever makes it puts it there, or does not
   */
  RangeFill(Wanted wanted, Fence fence, ConcurrentMap<Wanted, RangeFill> running) {
    this.wanted = wanted;
    this.fence = fence;
    this.running = running;
  }

  Fence fence() {
    return fence;
  }

  /** Whether it has taken so long that nobody should wait for it any more. */
  boolean isLate() {
    return System.nanoTime() - sinceNanos > TimeUnit.MILLISECONDS.toNanos(Leases.PATIENCE_MILLIS);
  }

  /** Nobody joins it any more. */
  void over() {
    running.remove(wanted, this);
  }

  /** Who follows, and who will, is told. */
  void decide(Verdict decided) {
    verdict.tryComplete(decided);
  }

  /** There is nothing to share. */
  void end() {
    over();
    decide(new Verdict.Look());
  }

  /** Never fails. */
  Future<Verdict> verdict() {
    return verdict.future();
  }
}
