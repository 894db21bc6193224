package io.warmgate.server.handover;

import io.warmgate.config.admin.EndpointSets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The way to a pod, which can be cut: what is under way is lost without a word. */
final class Cable implements AutoCloseable {
  private final ServerSocket server;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final EndpointSets.Endpoint to;

  Cable(EndpointSets.Endpoint to) throws IOException {
    this.to = to;
    this.server = new ServerSocket(0, 1_000, InetAddress.ofLiteral(to.address()));
    Thread.ofVirtual().start(this::accept);
  }

  EndpointSets.Endpoint endpoint() {
    return new EndpointSets.Endpoint(to.address(), server.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.ofLiteral(to.address()), to.port());
        sockets.add(near);
        sockets.add(far);
        Thread.ofVirtual().start(() -> copy(near, far));
        Thread.ofVirtual().start(() -> copy(far, near));
      }
    } catch (IOException _) {
      // cut
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // one of them is closed
    }
  }

  /** Connections are reset, and new ones refused. */
  void cut() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (SocketException _) {
        // closed by its own end
      }
    }
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}
