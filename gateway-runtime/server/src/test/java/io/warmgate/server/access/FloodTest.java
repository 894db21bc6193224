package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Distinct bad tokens by the thousand, and who is answered from the cache meanwhile. */
class FloodTest {
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
      long calm = Bearers.p99(pod, good);
      AtomicInteger sent = new AtomicInteger();
      Thread flood = Thread.ofVirtual().start(() -> flood(pod, good, sent));
      org.awaitility.Awaitility.await().until(() -> sent.get() > 2 * BATCH);
      int before = sent.get();
      long began = System.nanoTime();
      long attacked = Bearers.p99(pod, good);
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
          batch.append(new String(Bearers.request("/flood", bad), US_ASCII));
        }
        socket.getOutputStream().write(batch.toString().getBytes(US_ASCII));
        for (int i = 0; i < BATCH; i++) {
          assertThat(Bearers.head(in)).containsAnyOf(" 401 ", " 503 ");
        }
      }
    } catch (IOException _) {
      // Interrupted.
    }
  }
}
