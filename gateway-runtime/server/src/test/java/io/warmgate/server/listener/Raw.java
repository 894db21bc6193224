package io.warmgate.server.listener;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly what it is told, and reads what comes. */
public final class Raw implements AutoCloseable {
  final Socket socket;

  public Raw(int port) {
    try {
      socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
      socket.setSoTimeout(10_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message's head out of its lines. */
  public static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  /** Everything the server says to {@code text}, until it closes. */
  public static String exchange(int port, String text) {
    try (Raw raw = new Raw(port)) {
      return raw.send(text).readAll();
    }
  }

  public Raw send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (SocketException _) {
      // It closed already; what it said is read next.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public String readAll() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(out);
    } catch (SocketException _) {
      out.writeBytes("<reset>".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads until {@code end} was read. */
  public String readTo(String end) {
    StringBuilder out = new StringBuilder();
    try {
      while (!out.toString().endsWith(end)) {
        int octet = socket.getInputStream().read();
        if (octet < 0) {
          return out + "<closed>";
        }
        out.append((char) octet);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  @Override
  public void close() {
    hangUp();
  }

  public void hangUp() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
