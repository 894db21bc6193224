package io.warmgate.local.fault;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP/1.1 connection that hides nothing: other clients repeat a GET by themselves when a
 * connection breaks.
 */
final class HttpConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private boolean open = true;

  private HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Connects.
   *
   * @param patience for the connect, and for each part of an answer
   */
  static HttpConnection open(InetSocketAddress address, Duration patience) throws IOException {
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) patience.toMillis());
      socket.connect(address, (int) patience.toMillis());
      return new HttpConnection(socket);
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  /** One request on a connection of its own. */
  static Answer ask(InetSocketAddress address, String path) throws IOException {
    return ask(address, path, Duration.ofSeconds(15));
  }

  /**
   * The same, of a server that may take its time.
   *
   * @param patience with each part of the answer
   */
  static Answer ask(InetSocketAddress address, String path, Duration patience) throws IOException {
    try (HttpConnection connection = open(address, patience)) {
      return connection.get(path);
    }
  }

  /** Whether another request may be sent on it (RFC 9112 §9.3). */
  boolean isOpen() {
    return open;
  }

  Answer get(String path) throws IOException {
    return get(path, Map.of());
  }

  /** With these fields too. */
  Answer get(String path, Map<String, String> fields) throws IOException {
    var request = new StringBuilder("GET %s HTTP/1.1\r\nHost: shop.example\r\n".formatted(path));
    fields.forEach((name, value) -> request.append("%s: %s\r\n".formatted(name, value)));
    request.append("\r\n");
    socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
    int status = Integer.parseInt(line().split(" ")[1]);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    open = !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
    return new Answer(status, headers, body(headers));
  }

  private String body(Map<String, String> headers) throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      return text(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    var body = new StringBuilder();
    for (int size = chunk(); size > 0; size = chunk()) {
      body.append(text(size));
      line();
    }
    line();
    return body.toString();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer broke off");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
