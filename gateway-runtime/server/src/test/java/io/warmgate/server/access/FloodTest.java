package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ten thousand distinct bad tokens a second, and who is answered from the cache meanwhile. */
class FloodTest {
  private static final int HITS = 2_000;
  private static final int BATCH = 100;

  @Test
  void badTokensByTheThousandHoldUpNoHits() throws Exception {
    Signing signing = Signing.of("RS256", "k1");
    try (AccessPod pod = new AccessPod()) {
      pod.serve(
          AccessTest.access(pod.value(Signing.published(signing)))
              .replace("'algorithms':['ES256']", "'algorithms':['RS256']"),
          AccessTest.rule(AccessTest.BOTH, "GRANTED", ""),
          AccessTest.BY_CONSUMER);
      String good = signing.token("ann", claims -> claims.claim("org", "ann"));
      assertThat(pod.get("/hit", "Authorization: Bearer " + good).status()).isEqualTo(200);
      long calm = p99(pod, good);
      AtomicInteger sent = new AtomicInteger();
      Thread flood = Thread.ofVirtual().start(() -> flood(pod, good, sent));
      org.awaitility.Awaitility.await().until(() -> sent.get() > 2 * BATCH);
      int before = sent.get();
      long began = System.nanoTime();
      long attacked = p99(pod, good);
      double seconds = (System.nanoTime() - began) / 1e9;
      int during = sent.get() - before;
      flood.interrupt();
      flood.join();
      System.out.printf(
          "hits while %.0f bad tokens a second come: p99 %d us; while none do: %d us%n",
          during / seconds, attacked, calm);
      assertThat(during).isPositive();
      assertThat(pod.counted("signature") + pod.counted("busy")).isGreaterThan(BATCH);
    }
  }

  /** Of hits with a good token, one after the other, in microseconds. */
  private static long p99(AccessPod pod, String token) throws IOException {
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

  /** Each has another signature; a hundred at once, as fast as they are answered. */
  private static void flood(AccessPod pod, String token, AtomicInteger sent) {
    String signed = token.substring(0, token.lastIndexOf('.') + 1);
    String signature = token.substring(signed.length() + 8);
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), pod.port)) {
      socket.setSoTimeout(10_000);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!Thread.currentThread().isInterrupted()) {
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < BATCH; i++) {
          String bad = signed + "%08d".formatted(sent.incrementAndGet()) + signature;
          batch.append(new String(request("/flood", bad), US_ASCII));
        }
        socket.getOutputStream().write(batch.toString().getBytes(US_ASCII));
        for (int i = 0; i < BATCH; i++) {
          assertThat(head(in)).containsAnyOf(" 401 ", " 503 ");
        }
      }
    } catch (IOException _) {
      // Interrupted.
    }
  }

  private static byte[] request(String path, String token) {
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
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("closed after " + head);
      }
      head.append((char) octet);
    }
    int length = head.toString().toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
    int end = head.indexOf("\r\n", length);
    in.readNBytes(Integer.parseInt(head.substring(length + 16, end)));
    return head.toString();
  }
}
