package io.warmgate.server.listener;

import io.netty.channel.Channel;
import io.warmgate.config.ClientLimits;

/**
 * Before a listener: so many connections at once, and beyond it none is accepted (they wait in the
 * kernel's queue); each with a {@link HeadDeadline}. Limits may change at any time.
 */
final class Door {
  private volatile ClientLimits limits;
  private int connections;

  Door(ClientLimits limits) {
    this.limits = limits;
  }

  void limits(ClientLimits newLimits) {
    limits = newLimits;
  }

  ClientLimits limits() {
    return limits;
  }

  /** A connection was accepted by {@code server}. */
  synchronized void entered(Channel server, Channel client) {
    connections++;
    if (connections >= limits.maxConnections()) {
      server.config().setAutoRead(false);
    }
    client.closeFuture().addListener(_ -> left(server));
  }

  private synchronized void left(Channel server) {
    connections--;
    if (connections < limits.maxConnections() && !server.config().isAutoRead()) {
      server.config().setAutoRead(true);
    }
  }
}
