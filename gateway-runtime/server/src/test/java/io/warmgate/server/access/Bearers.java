package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;

/** Requests with bearer tokens over connections that stay, and how long hits take among them. */
final class Bearers {
  private static final int HITS = 2_000;

  private Bearers() {}

  /** Of hits with a good token, one after the other, in microseconds. */
  static long p99(AccessPod pod, String token) throws IOException {
    long[] took = new long[HITS];
    byte[] request = request("/hit", token);
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), pod.port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = 0; i < HITS; i++) {
        long began = System.nanoTime();
        socket.getOutputStream().write(request);
        String head = head(in);
        took[i] = (System.nanoTime() - began) / 1_000;
        assertThat(head).startsWith("HTTP/1.1 200").contains("warmgate; hit");
      }
    }
    Arrays.sort(took);
    return took[HITS * 99 / 100];
  }

  static byte[] request(String path, String token) {
    return ("GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + AccessPod.HOST
            + "\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n")
        .getBytes(US_ASCII);
  }

  /** A head; the body behind it is read too. */
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("closed after " + head);
      }
      head.append((char) octet);
    }
    int length = head.toString().toLowerCase(Locale.ROOT).indexOf("content-length: ");
    int end = head.indexOf("\r\n", length);
    in.readNBytes(Integer.parseInt(head.substring(length + 16, end)));
    return head.toString();
  }
}
