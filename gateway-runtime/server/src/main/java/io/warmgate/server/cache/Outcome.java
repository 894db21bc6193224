package io.warmgate.server.cache;

import io.warmgate.httpcache.CacheStatus.Stored;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.rule.StoreDecision.Keep;
import io.warmgate.server.exchange.OriginResponse;

/** What came of a {@link Leader}'s fetch; there was no answer where its future fails. */
sealed interface Outcome {

  /**
   * The answer is being kept: its body flows once {@link #flow} is called.
   *
   * @param response its head, as the origin gave it
   * @param stored what its head may say of it
   */
  record Kept(OriginResponse response, Keep keep, Stored stored, SharedBody body)
      implements Outcome {
    void flow() {
      response.body().resume();
    }
  }

  /** The entry is right, and was stored anew. */
  record Refreshed(StoredResponse entry, int status) implements Outcome {}

  /** The entry is right for this once. */
  record RefreshedOnce(StoredResponse entry, int status, Reason notStored) implements Outcome {}

  /** The answer is the asker's alone; its body was not touched. */
  record PassedOn(OriginResponse response, Reason notStored) implements Outcome {}

  /** The origin failed, and the stale entry may stand in. */
  record Erred(int status) implements Outcome {}
}
