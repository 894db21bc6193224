package io.warmgate.server.cache;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.Layers.Found;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that a question asks: to the cache it is a request of its own. Confined to its
 * request's event loop.
 */
final class AskedItem {
  private final CachedRequest request;
  private final @Nullable Reason never;
  private @Nullable Found found;

  /**
   * @param never why it is neither looked up nor kept; null: it may be
   */
  AskedItem(CachedRequest request, @Nullable Reason never) {
    this.request = request;
    this.never = never;
  }

  CachedRequest request() {
    return request;
  }

  /** Looks into this pod's memory. */
  void lookHere() {
    if (never == null) {
      found =
          request.parts().layers().local(request.primary(), request.place(), request::selecting);
    }
  }

  /** What Redis has of it, too. */
  void foundThere(Found shared) {
    found = CachedRequest.better(shared, found());
  }

  /** Whether another place than memory is worth asking. */
  boolean isMissing() {
    return never == null && !(decision() instanceof Serve);
  }

  CacheKey primary() {
    return request.primary();
  }

  /** What was found of it last. */
  Found found() {
    return found == null ? new Found(request.primary(), null, null, Reason.NOTHING_FOUND) : found;
  }

  /** What would be done with it, were it a request. */
  Decision decision() {
    if (never != null) {
      return new Pass(never, never);
    }
    Decision decided = request.decide(found());
    // A body in chunks is none of a vector.
    return decided instanceof Serve && !(entry().body() instanceof Bytes)
        ? anew(Reason.UNREADABLE)
        : decided;
  }

  /** The same, whatever was found. */
  Decision anew(Reason why) {
    return never != null
        ? new Pass(never, never)
        : request.decide(new Found(found().key(), found().index(), null, why));
  }

  /** What it is served from. */
  StoredResponse entry() {
    StoredResponse entry = found().entry();
    if (entry == null) {
      throw new IllegalStateException("nothing was found");
    }
    return entry;
  }
}
