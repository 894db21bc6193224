package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.config.AccessRule;
import io.warmgate.config.Filter.UrlRewrite;
import io.warmgate.server.filter.CallerFields;
import io.warmgate.server.filter.Forwarding;
import io.warmgate.server.filter.HeaderChange;
import io.warmgate.server.filter.PathChange;
import io.warmgate.server.routing.Matched;
import io.warmgate.server.uri.Target;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is asked for an exchange: the rule's request filters, applied.
 *
 * @param backendHost authority and base path of a backend that is a host of its own (a URL): it is
 *     asked by its name, since hosts outside know no other; null: a Service, which gets the
 *     client's {@code Host}
 * @param body null: none
 */
record OriginRequests(
    Forwarding forwarding,
    Matched matched,
    @Nullable Target backendHost,
    @Nullable ReadStream<Buffer> body) {

  OriginRequest of(Exchange exchange) {
    MultiMap headers =
        forwarding.headers(
            exchange.request(),
            exchange.client(),
            exchange.target(),
            exchange.listener().port(),
            exchange.traceparent());
    if (body == null) {
      headers.remove("content-length");
    }
    AccessRule access = matched.rule().rule().access();
    if (access != null) {
      CallerFields.strip(access, headers);
    }
    for (HeaderChange change : matched.rule().filters().request()) {
      change.apply(headers);
    }
    if (access != null) {
      CallerFields.tell(access, exchange.caller().claims(), exchange.caller().told(), headers);
    }
    return new OriginRequest(exchange.request().method(), target(exchange), headers, body);
  }

  private Target target(Exchange exchange) {
    Target target = exchange.target();
    if (backendHost != null) {
      target = target.withAuthority(backendHost.host(), backendHost.port());
    }
    UrlRewrite rewrite = matched.rule().filters().rewrite();
    if (rewrite != null) {
      String path = PathChange.apply(rewrite.path(), target.path(), matched.prefix());
      target = target.withPath(path);
      if (rewrite.hostname() != null) {
        target = target.withAuthority(rewrite.hostname(), -1);
      }
    }
    return backendHost == null ? target : target.withPath(backendHost.path() + target.path());
  }
}
