package io.warmgate.server.upstream;

import io.vertx.core.Future;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendRef;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.Origins;
import io.warmgate.server.uri.Target;
import org.jspecify.annotations.Nullable;

/** The backends of one configuration. */
record ConfiguredOrigins(Upstream upstream, Backends backends) implements Origins {

  @Override
  public Origin origin(Exchange exchange, BackendRef backend) {
    BackendPool pool = backends.pool(backend.backend());
    return request -> new UpstreamCall(upstream, pool, exchange, request).start();
  }

  @Override
  public Future<Void> tunnel(Exchange exchange, BackendRef backend, OriginRequest request) {
    return new Tunnel(upstream, backends.pool(backend.backend()), exchange, request).open();
  }

  @Override
  public @Nullable Target ownHost(BackendRef backend) {
    Backend definition = backends.pool(backend.backend()).backend();
    return switch (definition.target()) {
      case Backend.Service _ -> null;
      case Backend.Url url -> {
        String scheme = definition.tls() == null ? "http" : "https";
        boolean usual = url.port() == (definition.tls() == null ? 80 : 443);
        yield new Target(scheme, url.host(), usual ? -1 : url.port(), url.basePath(), null);
      }
    };
  }
}
