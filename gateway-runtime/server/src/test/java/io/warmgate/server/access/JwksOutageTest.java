package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who publishes an issuer's keys is away, for ten minutes with {@code -Dwarmgate.outage=600}. */
class JwksOutageTest {
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("warmgate.outage", 3));

  private final Signing before = Signing.of("ES256", "k1");
  private final Signing after = Signing.of("ES256", "k2");
  private final AtomicInteger asked = new AtomicInteger();
  private final AccessPod pod = new AccessPod();
  private int tokens;
  private HttpServer publisher = publish(0, before);

  private HttpServer publish(int port, Signing... keys) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
      byte[] published = Signing.published(keys);
      server.createContext(
          "/",
          exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void end() {
    publisher.stop(0);
    pod.close();
  }

  @Test
  void keysThatWereHadVerifyOnAndTheNextOnesComeWithTheirPublisher() {
    int port = publisher.getAddress().getPort();
    String keys =
        "{'type':'fetched','url':'http://127.0.0.1:"
            + port
            + "/keys','refreshMillis':1000,'maxStaleMillis':3600000}";
    pod.serve(
        AccessTest.access("{}").replace("{'type':'given','value':{}}", keys),
        AccessTest.rule(AccessTest.BOTH, "GRANTED", ""),
        AccessTest.BY_CONSUMER);
    assertThat(status(before)).isEqualTo(200);
    int had = asked.get();
    await().atMost(Duration.ofSeconds(10)).until(() -> asked.get() > had);

    publisher.stop(0);
    long until = System.nanoTime() + OUTAGE.toNanos();
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(OUTAGE.plusSeconds(10))
        .until(
            () -> {
              assertThat(status(before)).isEqualTo(200);
              return System.nanoTime() > until;
            });
    int verified = tokens;
    assertThat(status(after)).isEqualTo(401);

    publisher = publish(port, before, after);
    await().atMost(Duration.ofSeconds(20)).until(() -> status(after) == 200);
    publisher.stop(0);
    publisher = publish(port, after);
    await().atMost(Duration.ofSeconds(20)).until(() -> status(before) == 401);
    System.out.printf(
        "keys away for %d s: %d tokens verified, each another, none refused%n",
        OUTAGE.toSeconds(), verified);
  }

  /** Of a request with a token that nobody had before. */
  private int status(Signing signing) {
    String token = signing.token("ann", claims -> claims.claim("org", "ann").jwtID("t" + tokens++));
    return pod.get("/keys", "Authorization: Bearer " + token).status();
  }
}
