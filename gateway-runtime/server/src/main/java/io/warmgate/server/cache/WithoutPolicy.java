package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.rule.Invalidation;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginResponse;
import java.util.Objects;

/**
 * The way of a request whose rule has no policy: to the origin and back, as it is, with the word
 * that no cache was asked. What it changes is purged all the same, since other rules may keep
 * answers of its URI.
 */
final class WithoutPolicy {
  private static final CacheStatus STATUS =
      CacheStatus.forwarded(
          Reason.NO_POLICY,
          new CacheStatus.Forward(null, new CacheStatus.NotStored(Reason.NO_POLICY), false),
          null);

  private final HttpCache.Parts parts;
  private volatile boolean kept;

  WithoutPolicy(HttpCache.Parts parts) {
    this.parts = parts;
  }

  /** From now on this pod's memory may hold something. */
  void others() {
    if (!kept) {
      kept = true;
    }
  }

  Future<Void> answer(Exchange exchange, Origin origin) {
    exchange.reason(Reason.NO_POLICY.token());
    exchange.notStored(Reason.NO_POLICY.token());
    return exchange.reply().stream(
        new SeenCall(
            origin.fetch(exchange.originRequest()), response -> answered(exchange, response)));
  }

  private Future<OriginResponse> answered(Exchange exchange, OriginResponse response) {
    Answers.mark(response.headers(), STATUS);
    // RFC 9111 §4.4: "A cache MUST invalidate the target URI (Section 7.1 of [HTTP]) when it
    // receives a non-error status code in response to an unsafe request method": whichever rule
    // the request came by. A model changes nothing.
    return !Objects.requireNonNull(exchange.rule(), "a rule was matched").asksModels()
            && Invalidation.isUnsafe(exchange.request().method().name())
            && mayHoldEntries()
        ? new UnsafeChange(parts, exchange, CachedRequest.asked(exchange)).purged(response)
        : Future.succeededFuture(response);
  }

  /** Without Redis, and before a rule with a policy was asked, there is nothing to be purged. */
  private boolean mayHoldEntries() {
    return kept || parts.layers().isShared();
  }
}
