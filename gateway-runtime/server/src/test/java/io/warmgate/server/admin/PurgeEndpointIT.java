package io.warmgate.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.warmgate.config.Json;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.Refusal;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.purge.Subject;
import io.warmgate.server.cache.log.GatewayLog;
import io.warmgate.server.cache.log.TestKeys;
import io.warmgate.server.cache.redis.RealRedis;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application purges through one pod, and another obeys. */
class PurgeEndpointIT {
  @TempDir private Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final RealRedis redis = RealRedis.started();
  private final GatewayLog asked = new GatewayLog(vertx, "uid-1", () -> 0);
  private final GatewayLog other = new GatewayLog(vertx, "uid-1", () -> 0);
  private AdminClient application;

  @BeforeEach
  void begin() throws Exception {
    asked.use(redis.address());
    other.use(redis.address());
    awaitTrust(asked);
    awaitTrust(other);
    Certificates.mint(directory, "t0ken", 1);
    AdminSecret secret = AdminSecret.read(directory);
    int port =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(secret.certificate()))
                            .addKeyValue(Buffer.buffer(secret.privateKey()))))
            .requestHandler(
                new AdminHandler(
                    Map.of(), Map.of(), new PurgeApi(asked).operations(), secret::caller))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS)
            .actualPort();
    application = new AdminClient("127.0.0.1", port, "t0ken-purge");
  }

  private static void awaitTrust(GatewayLog log) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> log.purges().trustedEpoch() != null);
  }

  @AfterEach
  void end() throws Exception {
    asked.close();
    other.close();
    redis.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static boolean isGone(GatewayLog log, String epoch, String path, String... tags) {
    CacheKey key = TestKeys.of("shop.test", path);
    Subject subject = new Subject("shop.test", path, List.of(tags), key, key);
    return log.purges().local(Position.ZERO, subject) instanceof Standing.Gone
        && log.purges().logged(epoch, Position.ZERO, subject) instanceof Standing.Gone;
  }

  private HttpResponse<String> purge(String json) throws Exception {
    return application.send(
        "POST", AdminApi.PURGE, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void thePodThatIsAskedObeysAtOnceAndTheOtherSoon() throws Exception {
    HttpResponse<String> answer = purge("{'paths': ['/%7euser/./a'], 'hosts': ['SHOP.test']}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    PurgeReceipt receipt =
        Json.read(answer.body().getBytes(StandardCharsets.UTF_8), PurgeReceipt.class);
    assertThat(Position.parse(receipt.position())).isPresent();
    assertThat(isGone(asked, receipt.epoch(), "/~user/a")).as("before it answered").isTrue();
    assertThat(isGone(asked, receipt.epoch(), "/~user/b")).isFalse();
    await().atMost(5, TimeUnit.SECONDS).until(() -> isGone(other, receipt.epoch(), "/~user/a"));
    assertThat(other.applied()).isEqualTo(asked.applied());
    assertThat(other.applied()).singleElement().asString().startsWith("endpoint:");
  }

  @Test
  void withoutTheLogNothingIsPurgedAndTheAnswerSaysSo() throws Exception {
    redis.kill();
    await().atMost(10, TimeUnit.SECONDS).until(() -> asked.purges().trustedEpoch() == null);
    HttpResponse<String> answer = purge("{'tags': ['a']}");
    assertThat(answer.statusCode()).isEqualTo(503);
    Refusal refusal = Json.read(answer.body().getBytes(StandardCharsets.UTF_8), Refusal.class);
    assertThat(refusal.reason()).isEqualTo("NoLog");
    assertThat(refusal.message()).contains("CacheInvalidation");
    assertThat(asked.applied()).isEmpty();
    redis.start();
    awaitTrust(asked);
    await().atMost(10, TimeUnit.SECONDS).until(() -> purge("{'tags': ['a']}").statusCode() == 202);
  }

  @Test
  void whoHasNoTokenPurgesNothing() throws Exception {
    AdminClient nobody = new AdminClient("127.0.0.1", application.port(), "t0ken-purg");
    assertThat(nobody.post(AdminApi.PURGE, PurgeRequest.everything()).statusCode()).isEqualTo(401);
    assertThat(asked.applied()).isEmpty();
  }
}
