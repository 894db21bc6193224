package io.warmgate.server.exchange;

import io.vertx.core.Future;
import io.warmgate.config.BackendRef;
import io.warmgate.server.uri.Target;
import org.jspecify.annotations.Nullable;

/** The backends of a configuration. */
public interface Origins {

  Origin origin(Exchange exchange, BackendRef backend);

  /**
   * Upgrades the client's connection to one with the backend.
   *
   * @return completes when it was closed, or another answer than 101 was passed on
   */
  Future<Void> tunnel(Exchange exchange, BackendRef backend, OriginRequest request);

  /** Authority and base path of a backend that is a host of its own; null: a Service. */
  @Nullable Target ownHost(BackendRef backend);
}
