package io.warmgate.server.listener;

import io.netty.channel.Channel;
import io.warmgate.config.ClientLimits;
import java.util.HashSet;
import java.util.Set;

/**
 * Before a listener: so many connections at once, and beyond it none is accepted (they wait in the
 * kernel's queue); each with a {@link HeadDeadline}. Limits may change at any time, and so may the
 * server behind it ({@link Leaving}), until it is shut.
 */
final class Door {
  private final Set<Channel> inside = new HashSet<>();
  private volatile ClientLimits limits;
  private volatile boolean shut;

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
    inside.add(client);
    if (inside.size() >= limits.maxConnections()) {
      server.config().setAutoRead(false);
    }
    client.closeFuture().addListener(_ -> left(server, client));
  }

  private synchronized void left(Channel server, Channel client) {
    inside.remove(client);
    if (inside.size() < limits.maxConnections() && !server.config().isAutoRead()) {
      server.config().setAutoRead(true);
    }
  }

  /** The port is given up: connections end as their server says, those that it replaced too. */
  synchronized void shut() {
    shut = true;
    inside.stream()
        .filter(Channel::isRegistered)
        .forEach(client -> client.eventLoop().execute(() -> Leaving.release(client)));
  }

  boolean isShut() {
    return shut;
  }
}
