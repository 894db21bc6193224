package io.warmgate.bench.ai;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;

/** One event loop on epoll: what shares a core has no use for more. */
final class Loops {
  private Loops() {}

  static Vertx one() {
    return Vertx.builder()
        .with(new VertxOptions().setEventLoopPoolSize(1))
        .withTransport(Transport.EPOLL)
        .build();
  }
}
