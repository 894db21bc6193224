package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Distinct garbage by the thousand, before an issuer that hangs, and who is answered meanwhile. */
class IntrospectionFloodTest {
  private static final int CLIENTS = 1_200;

  /** As long as the issuer is waited for: then as many others are asked about. */
  private static final long TIMEOUT_NANOS = 10_000_000_000L;

  @Test
  void garbageByTheThousandLoadsNeitherTheIssuerNorHits() throws Exception {
    try (AccessPod pod = new AccessPod();
        AskedService idp = new AskedService()) {
      idp.introspects(token -> "{\"active\":" + token.startsWith("good") + "}");
      String secret = pod.value("s3cret".getBytes(UTF_8));
      pod.serve(
          "{'issuers':[{'name':'opaque','audiences':[],'algorithms':[],'clockSkewMillis':0,"
              + "'introspection':{'url':'"
              + idp.url("/")
              + "','clientId':'shop','clientSecret':"
              + secret
              + ",'timeoutMillis':10000,'maxCachedMillis':600000}}]}",
          AccessTest.rule("'issuers':['opaque']", "VERIFIED", "")
              .replace("'maxCachedMillis':60000", "'maxCachedMillis':600000"),
          AccessTest.SHARED);
      pod.says("Cache-Control: public, max-age=600");
      assertThat(pod.get("/hit", "Authorization: Bearer good").status()).isEqualTo(200);
      long calm = Bearers.p99(pod, "good");
      idp.held();
      long held = System.nanoTime();
      AtomicInteger sent = new AtomicInteger();
      Thread[] flood = new Thread[CLIENTS];
      for (int i = 0; i < CLIENTS; i++) {
        flood[i] = Thread.ofVirtual().start(() -> flood(pod, sent));
      }
      await().until(() -> pod.counted("busy") > 100);
      int before = sent.get();
      long began = System.nanoTime();
      long attacked = Bearers.p99(pod, "good");
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          "hits while %.0f tokens a second come that an issuer which hangs has to be asked about:"
              + " p99 %d us; while none do: %d us%n",
          (sent.get() - before) / seconds, attacked, calm);
      long generations = 1 + (System.nanoTime() - held) / TIMEOUT_NANOS;
      assertThat((long) idp.asked.size())
          .as("under way at once")
          .isLessThanOrEqualTo(1 + 16 * generations);
      for (Thread one : flood) {
        one.interrupt();
      }
      idp.go.countDown();
      for (Thread one : flood) {
        one.join();
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(pod.get("/x", "Authorization: Bearer good-2").status())
                      .as("what is good gets in again")
                      .isEqualTo(200));
    }
  }

  /** Each has another token, and comes back with the next when it is answered. */
  private static void flood(AccessPod pod, AtomicInteger sent) {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), pod.port)) {
      socket.setSoTimeout(20_000);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!Thread.currentThread().isInterrupted()) {
        socket.getOutputStream().write(Bearers.request("/flood", "bad-" + sent.incrementAndGet()));
        assertThat(Bearers.head(in)).containsAnyOf(" 401 ", " 503 ");
      }
    } catch (IOException _) {
      // Interrupted.
    }
  }
}
