package io.warmgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.config.Json;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.config.admin.Heartbeat;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.Refusal;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.RevokeOrder;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.config.admin.Traffic;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.server.access.Revoked;
import io.warmgate.server.admin.AdminClient;
import io.warmgate.server.admin.Certificates;
import io.warmgate.server.admin.EndpointSink;
import io.warmgate.server.admin.KnownOfModels;
import io.warmgate.server.cache.log.GatewayLog;
import io.warmgate.server.lifecycle.Drain;
import io.warmgate.server.lifecycle.OperatorPulse;
import io.warmgate.server.telemetry.AccessLog;
import io.warmgate.server.telemetry.PodMetrics;
import io.warmgate.server.telemetry.RequestMetrics;
import io.warmgate.server.telemetry.RequestTelemetry;
import io.warmgate.server.traffic.TrafficBook;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin API over TLS, with a data plane that only records. */
class GatewayRuntimeTest {
  @TempDir private Path root;
  private final RecordingDataplane dataplane = new RecordingDataplane();
  private volatile EndpointSets endpoints = new EndpointSets(0, Map.of());
  private final PreviewToken preview = new PreviewToken();
  private final NoWarming warming = new NoWarming();
  private Revoked revoked = Revoked.NOTHING;
  private GatewayRuntime runtime;
  private AdminClient client;

  @BeforeEach
  void start() throws Exception {
    Certificates.mint(mounted(AdminApi.ADMIN_DIR), "t0ken\n", 1);
    Files.writeString(mounted(AdminApi.ADMIN_DIR).resolve(AdminApi.PURGE_TOKEN), "purge-t0ken\n");
    Vertx vertx = Vertx.vertx();
    Settings settings =
        Settings.of(
            Map.of(
                "POD_NAME", "edge-1",
                "POD_NAMESPACE", "shop",
                "POD_UID", "pod-uid",
                "POD_IP", "127.0.0.1",
                "WARMGATE_GATEWAY_UID", TestConfigs.GATEWAY,
                "WARMGATE_BIND_ADDRESS", "127.0.0.1",
                "WARMGATE_ROOT", root.toString()));
    RequestMetrics requests = new RequestMetrics();
    AccessLog accessLog = new AccessLog(OutputStream.nullOutputStream(), 16).start();
    GatewayLog orders = new GatewayLog(vertx, TestConfigs.GATEWAY, () -> 0);
    revoked = orders.revoked();
    runtime =
        new GatewayRuntime(
            vertx,
            settings,
            new OperatorPulse(InstantSource.system()),
            new GatewayRuntime.Serving(
                dataplane,
                sink(),
                orders,
                asked -> Future.failedFuture(new IllegalStateException("nothing is served")),
                new TrafficBook(),
                KnownOfModels.NOTHING,
                warming,
                new RequestTelemetry(settings.pod(), requests, accessLog),
                new PodMetrics(requests, accessLog),
                preview,
                HandoverPort.NONE));
    int port = runtime.start(0).await(20, TimeUnit.SECONDS);
    client = new AdminClient("127.0.0.1", port, "t0ken");
  }

  @AfterEach
  void stop() {
    runtime.stop(new Drain(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)));
  }

  @Test
  void fromAnEmptyPodToAReadyOne() throws Exception {
    assertThat(client.get(AdminApi.LIVEZ).statusCode()).isEqualTo(200);
    assertThat(client.get(AdminApi.READYZ).body()).isEqualTo("serves no revision\n");

    HttpResponse<String> taken = client.put(AdminApi.REVISION, revision(3, 8080));
    assertThat(taken.statusCode()).isEqualTo(200);
    PodState state = state(taken);
    assertThat(state.podUid()).isEqualTo("pod-uid");
    assertThat(state.revision()).extracting(PodState.Served::number).isEqualTo(3L);
    assertThat(state.ready()).isFalse();
    assertThat(client.get(AdminApi.READYZ).statusCode()).isEqualTo(503);

    assertThat(state(client.post(AdminApi.HEARTBEAT, new Heartbeat(3, 0, List.of()))).ready())
        .isTrue();
    assertThat(client.get(AdminApi.READYZ).statusCode()).isEqualTo(200);
    assertThat(client.state().everReady()).isTrue();
    assertThat(client.get(AdminApi.METRICS).body())
        .contains(
            "warmgate_revision 3.0",
            "warmgate_ready 1.0",
            "jvm_memory_used_bytes",
            "jvm_gc_pause_seconds_count{gc=");
  }

  @Test
  void trafficIsOfThisStart() throws Exception {
    Traffic traffic =
        Json.read(
            client.get(AdminApi.TRAFFIC).body().getBytes(StandardCharsets.UTF_8), Traffic.class);
    assertThat(traffic.podUid()).isEqualTo("pod-uid");
    assertThat(traffic.startedAt()).isEqualTo(client.state().startedAt());
    assertThat(traffic.rules()).isEmpty();
  }

  @Test
  void aPodThatIsNotYetWarmIsNotReady() throws Exception {
    warming.pending = "copies what is asked for most";
    client.put(AdminApi.REVISION, revision(3, 8080));
    assertThat(state(client.post(AdminApi.HEARTBEAT, new Heartbeat(3, 0, List.of()))).ready())
        .isFalse();
    assertThat(client.get(AdminApi.READYZ).body()).isEqualTo("copies what is asked for most\n");
    assertThat(client.state().everReady()).isFalse();
    warming.pending = null;
    assertThat(client.get(AdminApi.READYZ).statusCode()).isEqualTo(200);
  }

  @Test
  void warmsOnOrderAndSaysWhatIsHot() throws Exception {
    WarmOrder order = new WarmOrder("shop/all", "", WarmOrder.Action.FILL, 1, 1_000, List.of());
    HttpResponse<String> busy = client.post(AdminApi.WARM, order);
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(refusal(busy).reason()).isEqualTo("Busy");

    HttpResponse<String> hot = client.get(AdminApi.HOT + "?route=shop%2Fall&top=7");
    assertThat(Json.read(hot.body().getBytes(StandardCharsets.UTF_8), HotRequests.class))
        .isEqualTo(new HotRequests("shop/all", 7, 0, List.of()));
    assertThat(refusal(client.get(AdminApi.HOT)).path()).isEqualTo("route");
    HttpResponse<String> wrong = client.get(AdminApi.HOT + "?route=a&top=-1");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(refusal(wrong).path()).isEqualTo("top");
  }

  /** The listeners take it, from the mounted Secret. */
  @Test
  void thePreviewTokenIsTheSecrets() throws Exception {
    assertThat(preview.is("")).isFalse();
    Files.writeString(mounted(AdminApi.ADMIN_DIR).resolve(AdminApi.PREVIEW_TOKEN), "see\n");
    await().atMost(Duration.ofSeconds(10)).until(() -> preview.is("see"));
    assertThat(preview.is("sea")).isFalse();
    assertThat(preview).hasToString("PreviewToken[redacted]");
  }

  @Test
  void aRefusedRevisionChangesNothing() throws Exception {
    client.put(AdminApi.REVISION, revision(1, 8080));
    dataplane.refusedPort = 9090;
    HttpResponse<String> refused = client.put(AdminApi.REVISION, revision(2, 9090));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refusal(refused))
        .isEqualTo(
            new Refusal(
                "Refused", "listeners[http].bindPort", "listeners[http].bindPort is in use"));
    PodState state = client.state();
    assertThat(state.revision()).extracting(PodState.Served::number).isEqualTo(1L);
    assertThat(state.refused()).extracting(PodState.Refused::number).isEqualTo(2L);
    assertThat(refusal(client.put(AdminApi.REVISION, revision(1, 8090))).reason())
        .isEqualTo("NumberTaken");
  }

  @Test
  void valuesEndpointsAndPurges() throws Exception {
    Revision naming = Revision.of(1, TestConfigs.naming(TestConfigs.PASSWORD, 8080));
    assertThat(refusal(client.put(AdminApi.REVISION, naming)).message())
        .isEqualTo("values lacks shop/edge-cache/password");
    client.put(
        AdminApi.VALUES,
        new SecretValues(Map.of(TestConfigs.PASSWORD.fingerprint(), new byte[] {1})));
    assertThat(client.put(AdminApi.REVISION, naming).statusCode()).isEqualTo(200);

    EndpointSets sets =
        new EndpointSets(
            4, Map.of("shop/a:80", List.of(new EndpointSets.Endpoint("10.0.0.1", 8080))));
    assertThat(state(client.put(AdminApi.ENDPOINTS, sets)).endpointsVersion()).isEqualTo(4);

    PurgeOrder order = new PurgeOrder("p1", PurgeRequest.paths(List.of("/a"), List.of()), null);
    assertThat(state(client.post(AdminApi.PURGES, order)).applied()).containsExactly("p1");
    HttpResponse<String> append = client.post(AdminApi.LOG, order);
    assertThat(append.statusCode()).isEqualTo(503);
    assertThat(refusal(append).reason()).isEqualTo("NoLog");
    PurgeOrder unlogged = new PurgeOrder("p2", PurgeRequest.everything(), null);
    assertThat(
            state(client.post(AdminApi.HEARTBEAT, new Heartbeat(1, 4, List.of(unlogged))))
                .applied())
        .containsExactly("p1", "p2");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/nothing, '', 404, NotFound",
    "GET, /, '', 404, NotFound",
    "POST, /v1/traffic, '', 405, MethodNotAllowed",
    "POST, /v1/state, '', 405, MethodNotAllowed",
    "POST, /livez, '', 405, MethodNotAllowed",
    "POST, /v1/heartbeat, '', 422, Invalid",
    "POST, /v1/heartbeat, '{\"revision\":1}', 422, Invalid",
    "POST, /v1/purges,"
        + " '{\"id\":\"r\",\"revoked\":{\"everybody\":true},\"below\":2,\"more\":1}', 422, Invalid",
    "POST, /v1/heartbeat,"
        + " '{\"revision\":1,\"endpointsVersion\":0,\"unlogged\":[],\"more\":1}', 422, Invalid",
    "PUT, /v1/revision, '{}', 422, Invalid",
    "POST, /v1/explain, '{}', 422, Invalid",
    "POST, /v1/explain, '{\"method\":\"GET\",\"url\":\"/a\",\"headers\":[],\"origin\":\"LEAVE\"}',"
        + " 422, Invalid",
    "POST, /v1/explain,"
        + " '{\"method\":\"GET\",\"url\":\"http://h/\",\"headers\":[],\"origin\":\"LEAVE\"}',"
        + " 503, NotServing"
  })
  void whatIsWrongIsRefused(String method, String path, String body, int status, String reason)
      throws Exception {
    HttpResponse<String> answer = client.send(method, path, body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(refusal(answer).reason()).isEqualTo(reason);
  }

  /** Ahead of the revision, over one that is refused, and until one is served that says so. */
  @Test
  void whatIsRevokedIsObeyedUntilTheRevisionIsServed() throws Exception {
    client.put(AdminApi.REVISION, revision(3, 8080));
    RevokeOrder order =
        new RevokeOrder(
            "r4", new Revocation(false, List.of(Revocation.Taken.whole("shop/app"))), 4, null);
    assertThat(state(client.post(AdminApi.PURGES, order)).applied()).containsExactly("r4");
    assertThat(revoked.consumer("shop/app")).isTrue();
    assertThat(revoked.consumer("shop/other")).isFalse();

    dataplane.refusedPort = 9090;
    assertThat(client.put(AdminApi.REVISION, revision(4, 9090)).statusCode()).isEqualTo(422);
    assertThat(revoked.consumer("shop/app")).isTrue();

    assertThat(client.put(AdminApi.REVISION, revision(5, 8080)).statusCode()).isEqualTo(200);
    assertThat(client.put(AdminApi.REVISION, revision(6, 8080)).statusCode()).isEqualTo(200);
    assertThat(revoked.consumer("shop/app")).isFalse();
    client.post(AdminApi.PURGES, new RevokeOrder("late", order.revoked(), 4, null));
    assertThat(revoked.consumer("shop/app")).as("what comes late").isFalse();
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() throws Exception {
    assertThat(client.send("POST", AdminApi.HEARTBEAT, new byte[1_100_000]).statusCode())
        .isEqualTo(413);
  }

  @Test
  void theTokenIsAskedForAndIsReadAgain() throws Exception {
    int port = client.port();
    AdminClient other = new AdminClient("127.0.0.1", port, "t0ken2");
    HttpResponse<String> refused = other.get(AdminApi.STATE);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("www-authenticate")).contains("Bearer");
    assertThat(client.serial()).isEqualTo(1);

    Certificates.mint(mounted(AdminApi.ADMIN_DIR), "t0ken2", 2);
    await().until(() -> other.get(AdminApi.STATE).statusCode() == 200);
    assertThat(client.get(AdminApi.STATE).statusCode()).isEqualTo(401);
    assertThat(client.serial()).isEqualTo(2);

    Files.writeString(mounted(AdminApi.ADMIN_DIR).resolve(AdminApi.OPERATOR_TOKEN), "");
    await()
        .during(Duration.ofMillis(1_500))
        .until(() -> other.get("/v1/state").statusCode() == 200);
  }

  @ParameterizedTest
  @CsvSource({
    "purge-t0ken, GET, /v1/state, 403",
    "purge-t0ken, POST, /v1/purges, 403",
    "purge-t0ken, POST, /v1/log, 403",
    "purge-t0ken, POST, /v1/count, 403",
    "purge-t0ken, PUT, /v1/revision, 403",
    "purge-t0ken, GET, /v1/traffic, 403",
    "purge-t0ken, GET, /v1/nothing, 403",
    "purge-t0ken, GET, /v1/purge, 405",
    "purge-t0ken, POST, /v1/purge, 503",
    "t0ken, POST, /v1/purge, 503",
    "wrong, POST, /v1/purge, 401",
    "'', POST, /v1/purge, 401",
  })
  void thePurgeTokenPurgesAndNothingElse(String token, String method, String path, int status)
      throws Exception {
    AdminClient application = new AdminClient("127.0.0.1", client.port(), token);
    byte[] all = "{\"all\": true}".getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> answer = application.send(method, path, method.equals("GET") ? null : all);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(client.state().applied()).isEmpty();
    if (status == 503) {
      assertThat(refusal(answer).reason()).isEqualTo("NoSharedCache");
    }
  }

  /** A mount of an operator from before there was one, or an empty one: nobody has it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutAPurgeTokenNobodyHasIt(boolean empty) throws Exception {
    Path file = mounted(AdminApi.ADMIN_DIR).resolve(AdminApi.PURGE_TOKEN);
    if (empty) {
      Files.writeString(file, "\n");
    } else {
      Files.delete(file);
    }
    AdminClient application = new AdminClient("127.0.0.1", client.port(), "purge-t0ken");
    await()
        .until(
            () -> application.post(AdminApi.PURGE, PurgeRequest.everything()).statusCode() == 401);
    AdminClient nobody = new AdminClient("127.0.0.1", client.port(), "");
    assertThat(nobody.post(AdminApi.PURGE, PurgeRequest.everything()).statusCode()).isEqualTo(401);
    assertThat(client.get(AdminApi.STATE).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "nonsense | ^^",
        "{} | ^^",
        "{'tags': ['a'], 'prefix': '/a'} | ^^",
        "{'tags': ['a', '']} | tags[1]",
        "{'paths': ['a']} | paths",
        "{'prefix': '/../a'} | prefix",
        "{'hosts': ['a/b']} | hosts",
        "{'keys': ['AB']} | keys[0]",
        "{'tags': ['a'], 'mode': 'Softly'} | mode",
        "{'tags': ['a'], 'tag': ['a']} | tag"
      })
  void whatCannotBePurgedIsNamed(String body, String field) throws Exception {
    AdminClient application = new AdminClient("127.0.0.1", client.port(), "purge-t0ken");
    byte[] json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> answer = application.send("POST", AdminApi.PURGE, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(refusal(answer).path()).isEqualTo(field);
    assertThat(refusal(answer).message()).isNotBlank();
  }

  private EndpointSink sink() {
    return new EndpointSink() {
      @Override
      public void update(EndpointSets sets) {
        endpoints = sets;
      }

      @Override
      public long version() {
        return endpoints.version();
      }
    };
  }

  private Path mounted(String directory) {
    return root.resolve(directory.substring(1));
  }

  private static Revision revision(long number, int port) {
    return Revision.of(number, TestConfigs.proxy(port, 1, "g1"));
  }

  private static PodState state(HttpResponse<String> answer) throws IOException {
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8), PodState.class);
  }

  private static Refusal refusal(HttpResponse<String> answer) {
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8), Refusal.class);
  }
}
