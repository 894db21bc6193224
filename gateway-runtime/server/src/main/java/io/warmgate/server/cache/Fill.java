package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.log.Fence;
import java.util.List;

/**
 * A fetch under way whose answer others may wait for. Its verdict comes with the answer's head, so
 * that nobody queues behind an answer that is not for sharing.
 */
final class Fill {
  private final Fence fence;
  private final Promise<Verdict> verdict = Promise.promise();

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

    /** The stored answer is right. */
    record Refreshed(StoredResponse entry) implements Verdict {}

    /** The answer is the asker's alone: who waits asks for itself. */
    enum Alone implements Verdict {
      ALONE
    }

    /** The origin failed: who waits is served stale where it may be, or asks for itself. */
    record Erred(int status) implements Verdict {}

    /** There is no answer, for nobody. */
    record Failed(Throwable cause) implements Verdict {}
  }

  /**
   * @param fence taken before the request is sent
   */
  Fill(Fence fence) {
    this.fence = fence;
  }

  Fence fence() {
    return fence;
  }

  void decide(Verdict decided) {
    verdict.tryComplete(decided);
  }

  /** Never fails. */
  Future<Verdict> verdict() {
    return verdict.future();
  }
}
