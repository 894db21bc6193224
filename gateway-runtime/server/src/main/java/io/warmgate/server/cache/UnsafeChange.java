package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.rule.CacheGroups;
import io.warmgate.httpcache.rule.Invalidation;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer.Part;
import io.warmgate.server.exchange.Observer.Span;
import io.warmgate.server.exchange.OriginResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What an unsafe request changed at the origin is purged before its client hears of it. */
final class UnsafeChange {
  /** The answer waits for its purge to be in the log, so long at most. */
  private static final long PURGE_MILLIS = 50;

  private final HttpCache.Parts parts;
  private final Exchange exchange;
  private final RequestView asked;

  UnsafeChange(HttpCache.Parts parts, Exchange exchange, RequestView asked) {
    this.parts = parts;
    this.exchange = exchange;
    this.asked = asked;
  }

  /** The answer, once what an unsafe request made stale is purged. */
  Future<OriginResponse> purged(OriginResponse response) {
    List<Future<?>> purges = new ArrayList<>(2);
    for (PurgeRequest gone : changed(response.status(), new HeaderFields(response.headers()))) {
      purges.add(purge(gone));
    }
    return purges.isEmpty()
        ? Future.succeededFuture(response)
        : Future.join(purges).transform(_ -> Future.succeededFuture(response));
  }

  /** What an unsafe request's answer makes stale: RFC 9111 §4.4, RFC 9875 §3. */
  private List<PurgeRequest> changed(int status, Fields response) {
    Set<RequestView.Target> targets = Invalidation.targets(asked, status, response);
    if (targets.isEmpty()) {
      return List.of();
    }
    List<String> hosts = targets.stream().map(RequestView.Target::host).distinct().toList();
    List<String> paths = targets.stream().map(RequestView.Target::path).distinct().toList();
    List<String> groups = CacheGroups.invalidated(asked, status, response);
    return groups.isEmpty()
        ? List.of(PurgeRequest.paths(paths, hosts))
        : List.of(PurgeRequest.paths(paths, hosts), PurgeRequest.tags(groups, hosts));
  }

  /** In the log, so that every pod obeys; where it is away, here at once. */
  private Future<?> purge(PurgeRequest gone) {
    Span span = parts.observer().span(exchange, Part.PURGE);
    PurgeOrder order = new PurgeOrder(UUID.randomUUID().toString(), gone, null);
    return parts
        .log()
        .append(order)
        .timeout(PURGE_MILLIS, TimeUnit.MILLISECONDS)
        .onFailure(_ -> parts.log().apply(order))
        .onComplete(done -> span.end(done.succeeded() ? "logged" : "local"));
  }
}
