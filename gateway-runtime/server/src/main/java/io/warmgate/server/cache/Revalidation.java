package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.httpcache.rule.Reuse;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.lease.Claim;
import io.warmgate.server.cache.lease.Lease;

/**
 * Brings an entry up to date while it is served, because it is stale (RFC 5861 §3) or about to be:
 * one fetch a key, which those who may not be served stale join. Begins after the answer was
 * written, so that the client's exchange shows nothing of it.
 */
final class Revalidation {
  private final CachedRequest request;
  private final CacheKey primary;
  private final Found found;
  private final FieldList conditions;
  private final Context context = Vertx.currentContext();

  /**
   * @param conditions to validate the found entry with; empty: the whole is asked for
   */
  Revalidation(CachedRequest request, CacheKey primary, Found found, FieldList conditions) {
    this.request = request;
    this.primary = primary;
    this.found = found;
    this.conditions = conditions;
  }

  /** Later, on this event loop. */
  void begin() {
    context.runOnContext(_ -> run());
  }

  private void run() {
    HttpCache.Parts parts = request.parts();
    Fill fill = new Fill(found.key(), parts.log().purges().fence(), parts.fills());
    if (isDone() || parts.fills().putIfAbsent(found.key(), fill) != null) {
      return;
    }
    parts
        .layers()
        .claimIfFree(fill.fence(), found.key())
        .onSuccess(
            claim -> {
              switch (claim) {
                case Claim.Mine(Lease lease, _) -> {
                  fill.leased(lease);
                  new Leader(request, asGet(), primary, found, fill)
                      .ask(conditions)
                      .onSuccess(this::finish);
                }
                // Another pod is at it. Who cannot be served stale waits for that one.
                case Claim.Theirs _ -> {
                  fill.end(Fill.Verdict.Plain.AGAIN);
                }
              }
            });
  }

  /** Another request's revalidation may be over before this one's turn comes. */
  private boolean isDone() {
    StoredResponse now =
        request.parts().layers().local(primary, request.place(), request::selecting).entry();
    return now != null
        && !isFound(now)
        && Reuse.decide(asGet(), now, request.recipe().policy(), System.currentTimeMillis())
            instanceof Serve;
  }

  /** Whether it is still the entry that is to be brought up to date. */
  private boolean isFound(StoredResponse now) {
    StoredResponse before = found.entry();
    return before != null && before.validity().equals(now.validity());
  }

  private void finish(Outcome outcome) {
    switch (outcome) {
      case Outcome.Kept kept -> kept.flow();
      case Outcome.PassedOn passed -> {
        passed.response().abort();
        // The origin has another answer now, which is not for keeping: the old one is wrong. An
        // error is none (RFC 9111 §4.3.3).
        if (passed.response().status() < 500) {
          request.parts().layers().drop(found.key(), request.parts().log().purges().fence());
        }
      }
      case Outcome.Refreshed _, Outcome.RefreshedOnce _, Outcome.Erred _ -> {}
    }
  }

  /** What the client asked, as a whole and without its conditions. */
  private RequestView asGet() {
    Fields fields =
        FieldList.copyOf(request.view().fields())
            .keep(name -> !Preconditions.EVALUATED_HERE.contains(name));
    return new RequestView("GET", request.view().target(), fields, false);
  }
}
