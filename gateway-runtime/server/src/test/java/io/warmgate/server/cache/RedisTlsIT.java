package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.warmgate.server.cache.log.LogReader;
import io.warmgate.server.cache.redis.RedisAddress;
import io.warmgate.server.cache.redis.TestAuthority;
import io.warmgate.server.cache.redis.TestAuthority.Issued;
import io.warmgate.server.cache.redis.TlsRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Pods that reach their Redis by TLS, both sides with certificates. */
class RedisTlsIT {
  private final TestAuthority servers = new TestAuthority("servers");
  private final TestAuthority clients = new TestAuthority("clients");
  private final Issued shown = clients.issue("gateway.test");
  private final TlsRedis redis = new TlsRedis(servers.issue(TlsRedis.NAME), clients);
  private final CountingOrigin origin = new CountingOrigin();
  private final List<Pod> pods = new ArrayList<>();
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Logger log = (Logger) LoggerFactory.getLogger(LogReader.class);

  @BeforeEach
  void listen() {
    said.start();
    log.addAppender(said);
  }

  @AfterEach
  void end() {
    log.detachAppender(said);
    pods.forEach(Pod::close);
    origin.close();
    redis.close();
  }

  /**
   * A pod that ends while TLS is prepared for one connection more gets that too late, on a thread
   * of Vert.x's: nothing of the test that waits now.
   */
  private static ConditionFactory await() {
    return Awaitility.with().dontCatchUncaughtExceptions().await().atMost(10, TimeUnit.SECONDS);
  }

  private Pod pod(RedisAddress address) {
    Pod pod = new Pod();
    pods.add(pod);
    return pod.serve(origin.port(), HONOR, "g1", address);
  }

  private RedisAddress trusted() {
    return redis.address(TlsRedis.NAME, servers, shown);
  }

  private static void awaitLog(Pod pod) {
    await().until(() -> pod.log.purges().trustedEpoch() != null);
  }

  /** Asks for what only this pod was asked for, until another pod finds it in Redis. */
  private static void awaitShared(Pod from, Pod to) {
    await()
        .until(
            () -> {
              String path = "/shared-" + System.nanoTime();
              return from.get(path).body().equals(to.get(path).body());
            });
  }

  @Test
  void entriesLogAndNewsOfLeasesGoOverIt() {
    Pod a = pod(trusted());
    Pod b = pod(trusted());
    awaitLog(a);
    awaitLog(b);
    awaitShared(a, b);
    await().until(() -> redis.plain.ask("PUBSUB NUMSUB wg:{uid-1}:leases").contains(":2\r\n"));
    assertThat(
            redis.plain.ask("CLIENT LIST").lines().filter(line -> line.contains("cmd=subscribe")))
        .as("who listens is none of the plain port's clients")
        .hasSize(2)
        .noneMatch(line -> line.contains("laddr=127.0.0.1:" + redis.plain.address().port() + " "));
  }

  @Test
  void aServerOfAnotherAuthorityIsAMissAndSaidSo() {
    isNotUsed(
        redis.address(TlsRedis.NAME, clients, shown),
        "signed by none of the authorities that are trusted (tls.caSecretRef)");
  }

  @Test
  void aServerOfAnotherNameIsAMissAndSaidSo() {
    isNotUsed(
        redis.address("other.test", servers, shown),
        "its certificate is for [redis.test], not for other.test (tls.serverName)");
  }

  @Test
  void aMissingClientCertificateIsAMissAndSaidSo() {
    isNotUsed(
        redis.address(TlsRedis.NAME, servers, null),
        "it asks for a client certificate (tls.clientCertificateRef)");
  }

  @Test
  void aClientCertificateOfAnotherAuthorityIsAMissAndSaidSo() {
    isNotUsed(
        redis.address(TlsRedis.NAME, servers, servers.issue("gateway.test")),
        "it does not take the client certificate (tls.clientCertificateRef)");
  }

  @Test
  void aServerWithoutTlsIsAMissAndSaidSo() {
    RedisAddress plain = redis.plain.address();
    isNotUsed(
        new RedisAddress(plain.host(), plain.port(), null, null, trusted().tls()),
        "see whether it speaks TLS on that port");
  }

  private void isNotUsed(RedisAddress address, String why) {
    Pod pod = pod(address);
    await()
        .untilAsserted(
            () ->
                assertThat(List.copyOf(said.list))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains(why)));
    for (int i = 0; i < 20; i++) {
      assertThat(pod.get("/" + i).statusCode()).isEqualTo(200);
    }
    assertThat(origin.requests).hasValue(20);
    assertThat(status(pod.get("/0"))).as("from memory").contains("hit");
    assertThat(pod.log.purges().trustedEpoch()).isNull();
    assertThat(redis.plain.ask("DBSIZE")).isEqualTo(":0\r\n");
  }

  @Test
  void whereACertificateIsRenewedNoRequestIsLost() {
    Pod a = pod(trusted());
    Pod b = pod(trusted());
    awaitLog(a);
    awaitLog(b);
    awaitShared(a, b);
    TestAuthority others = new TestAuthority("others");
    redis.admit(others);
    RedisAddress renewed = redis.address(TlsRedis.NAME, servers, others.issue("gateway.test"));
    for (int i = 0; i < 200; i++) {
      if (i == 50) {
        pods.forEach(pod -> pod.serve(origin.port(), HONOR, "g1", renewed));
      }
      assertThat(a.get("/during-" + i).statusCode()).isEqualTo(200);
      assertThat(b.get("/during-" + i).statusCode()).isEqualTo(200);
    }
    awaitLog(a);
    awaitLog(b);
    awaitShared(a, b);
  }
}
