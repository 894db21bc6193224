package io.warmgate.server.listener;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend that answers each request exactly as it is told, faults included. */
public final class RawOrigin implements AutoCloseable {
  /** What is done for a request. */
  public interface Script {
    /**
     * @param count of the request, from 1
     */
    void answer(int count, String head, Connection connection) throws IOException;
  }

  /** The connection a request came on. */
  public record Connection(Socket socket, InputStream in, OutputStream out) {
    public void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    public void close() throws IOException {
      socket.close();
    }
  }

  public final List<String> heads = new CopyOnWriteArrayList<>();
  public final List<Socket> connections = new CopyOnWriteArrayList<>();
  final AtomicInteger closedByPeer = new AtomicInteger();
  private final ServerSocket server;
  private final Script script;
  private final Thread accepting;

  public RawOrigin(Script script) {
    this.script = script;
    try {
      server = new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = Thread.ofVirtual().start(this::accept);
  }

  /** Answers everything with 200 and {@code body}. */
  static RawOrigin ok(String body) {
    return new RawOrigin((_, _, connection) -> connection.send(response(body)));
  }

  public static String response(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Connection connection =
          new Connection(
              socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
      String head = head(connection.in);
      while (!head.isEmpty()) {
        int count;
        synchronized (heads) {
          heads.add(head);
          count = heads.size();
        }
        script.answer(count, head, connection);
        head = head(connection.in);
      }
      closedByPeer.incrementAndGet();
    } catch (IOException _) {
      closedByPeer.incrementAndGet();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int octet = in.read();
      if (octet < 0) {
        return "";
      }
      head.append((char) octet);
    }
    return head.toString();
  }

  /** Value of a field in a request's head; empty where it is not there. */
  public static String field(String head, String name) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
        return line.substring(name.length() + 1).trim();
      }
    }
    return "";
  }

  @Override
  public void close() {
    stop();
  }

  /** From now on connections are refused. */
  void stop() {
    try {
      server.close();
      accepting.join(); // which holds the port until it has left
      for (Socket socket : connections) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
