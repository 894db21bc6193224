package io.warmgate.local.network;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Two TCP connections that are one: bytes go both ways, the end of one direction is passed on while
 * the other goes on (RFC 9293 §3.6.1), and a reset is passed on as a reset.
 */
final class Splice implements AutoCloseable {
  private static final int BUFFER = 32 * 1024;

  private final SocketChannel client;
  private final SocketChannel endpoint;

  Splice(SocketChannel client, SocketChannel endpoint) {
    this.client = client;
    this.endpoint = endpoint;
  }

  /** Carries until both directions have ended. Blocks: call it on a virtual thread. */
  void run() throws IOException {
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    endpoint.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Thread back = Thread.ofVirtual().start(() -> carry(endpoint, client));
    carry(client, endpoint);
    try {
      back.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  private void carry(SocketChannel from, SocketChannel to) {
    var buffer = ByteBuffer.allocateDirect(BUFFER);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException broken) {
      reset(from);
      reset(to);
    }
  }

  /** Closes with a reset, so that the other end does not take what it has for the whole. */
  static void reset(SocketChannel channel) {
    try (channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException alreadyClosed) {
      // nothing is left to tell
    }
  }

  @Override
  public void close() throws IOException {
    try (client;
        endpoint) {
      // closing is all
    }
  }
}
