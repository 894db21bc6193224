package io.warmgate.local.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address of a Service: each connection goes to the next of its endpoints and stays with it,
 * whatever becomes of the endpoint's readiness. Without an endpoint a connection is reset.
 *
 * <p>Where an endpoint refuses, the next is asked. Behind kube-proxy the client itself would be
 * refused, and could try again since nothing was sent; here its connection is accepted already, and
 * a reset would leave it in doubt.
 */
final class PortListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PortListener.class);

  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<InetSocketAddress> endpoints = List.of();

  /** Listens; port 0 takes any free one. */
  PortListener(InetSocketAddress address) throws IOException {
    try {
      server.bind(address, 1024);
    } catch (IOException taken) {
      server.close();
      throw new IOException("cannot listen on " + address + ": " + taken.getMessage(), taken);
    }
    Thread.ofVirtual().name("forward " + address).start(this::accept);
  }

  int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  /** From the next connection on. */
  void endpoints(List<InetSocketAddress> now) {
    endpoints = List.copyOf(now);
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> forward(client));
      } catch (IOException failed) {
        if (server.isOpen()) { // the client is gone already, or descriptors are scarce
          LockSupport.parkNanos(1_000_000);
        }
      }
    }
  }

  private void forward(SocketChannel client) {
    List<InetSocketAddress> now = endpoints;
    if (now.isEmpty()) {
      Splice.reset(client);
      return;
    }
    open.add(client);
    try (SocketChannel endpoint = connect(now);
        var splice = new Splice(client, endpoint)) {
      splice.run();
    } catch (IOException refused) {
      Splice.reset(client);
    } finally {
      open.remove(client);
    }
  }

  private SocketChannel connect(List<InetSocketAddress> now) throws IOException {
    int first = turn.getAndIncrement();
    for (int next = first; next < first + now.size() - 1; next++) {
      try {
        return SocketChannel.open(now.get(Math.floorMod(next, now.size())));
      } catch (ConnectException refused) {
        log.debug("an endpoint refused; asking the next", refused);
      }
    }
    return SocketChannel.open(now.get(Math.floorMod(first + now.size() - 1, now.size())));
  }

  boolean idle() {
    return open.isEmpty();
  }

  /** No new connections; those that are open go on. */
  void stopAccepting() throws IOException {
    server.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(Splice::reset);
  }
}
