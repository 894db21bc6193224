package io.warmgate.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.warmgate.config.Revision;
import io.warmgate.config.Telemetry;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.Heartbeat;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.SecretValues;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program: pushed to over TLS, asked over HTTP, restarted, and told to end. */
class RuntimeMainIT {
  private static final int PORT = 18_080;
  @TempDir private Path root;
  private HttpServer origin;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void startOrigin() throws Exception {
    origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    origin.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    origin.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestURI().toString().getBytes(US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    origin.start();
  }

  @AfterEach
  void stopOrigin() {
    origin.stop(0);
  }

  @Test
  void aPushedRevisionServesAndARefusedOneChangesNothingOverARestart() throws Exception {
    Revision one = revision(1);
    Revision two = Revision.of(2, TestConfigs.naming(TestConfigs.PASSWORD, PORT));
    try (Pod pod = Pod.start(root, "127.0.0.71")) {
      assertThat(pod.admin.get(AdminApi.READYZ).body()).isEqualTo("serves no revision\n");
      assertThat(pod.admin.put(AdminApi.REVISION, one).statusCode()).isEqualTo(200);
      heartbeat(pod, 1);
      assertThat(pod.admin.get(AdminApi.READYZ).statusCode()).isEqualTo(200);
      assertThat(get("127.0.0.71", "/a?token=x").body()).isEqualTo("/a?token=x");
      await().until(() -> pod.stdout().contains("\"query\":\"token=***\""));
      assertThat(pod.stdout()).contains("\"route\":\"shop/all\"", "\"revision\":1");

      assertThat(pod.admin.put(AdminApi.REVISION, two).body()).contains("values lacks");
      assertThat(get("127.0.0.71", "/b").statusCode()).isEqualTo(200);
      assertThat(pod.admin.get(AdminApi.METRICS).body())
          .contains("warmgate_revision 1.0", "warmgate_revision_refused 2.0")
          .containsPattern("warmgate_requests_total\\{.*status=\"2xx\"\\} 2");
    }

    mount(AdminApi.CURRENT_DIR, two);
    mount(AdminApi.ACKNOWLEDGED_DIR, one);
    try (Pod pod = Pod.start(root, "127.0.0.71")) {
      await().until(() -> pod.admin.state().revision() != null);
      PodState state = pod.admin.state();
      assertThat(state.revision()).extracting(PodState.Served::number).isEqualTo(1L);
      assertThat(state.refused()).extracting(PodState.Refused::number).isEqualTo(2L);
      heartbeat(pod, 2);
      assertThat(pod.admin.get(AdminApi.READYZ).statusCode()).isEqualTo(200);
      assertThat(get("127.0.0.71", "/c").statusCode()).isEqualTo(200);

      byte[] authority =
          Files.readAllBytes(root.resolve(AdminApi.ADMIN_DIR.substring(1)).resolve("tls.crt"));
      pod.admin.put(
          AdminApi.VALUES, new SecretValues(Map.of(TestConfigs.PASSWORD.fingerprint(), authority)));
      assertThat(pod.admin.put(AdminApi.REVISION, two).statusCode()).isEqualTo(200);
      assertThat(pod.admin.state().refused()).isNull();
    }
  }

  @Test
  void drainLosesNoRequest() throws Exception {
    mount(AdminApi.CURRENT_DIR, revision(1));
    try (Pod pod = Pod.start(root, "127.0.0.72");
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      await().until(() -> pod.admin.state().revision() != null);
      heartbeat(pod, 1);
      AtomicInteger answered = new AtomicInteger();
      AtomicInteger lost = new AtomicInteger();
      AtomicBoolean leaving = new AtomicBoolean();
      for (int i = 0; i < 4; i++) {
        var _ =
            clients.submit(
                () -> {
                  while (!leaving.get()) {
                    count(answered, lost);
                  }
                });
      }
      try {
        await().until(() -> answered.get() > 50);
        assertThat(pod.process().toHandle().destroy()).isTrue();
        await().until(() -> pod.admin.state().draining());
        assertThat(pod.admin.get(AdminApi.READYZ).statusCode()).isEqualTo(200);
        // It is ready for ten seconds more: Drain.OF_A_POD.
        await()
            .atMost(30, TimeUnit.SECONDS)
            .until(() -> pod.admin.get(AdminApi.READYZ).body().equals("is draining\n"));
        int before = answered.get();
        await().until(() -> answered.get() > before + 50);
      } finally {
        leaving.set(true);
      }
      assertThat(pod.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(lost).hasValue(0);
      assertThat(pod.stdout().lines().count()).isEqualTo(answered.get());
    }
  }

  @Test
  void spansReachTheCollectorAndTheTraceGoesOn() throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    BlockingQueue<byte[]> collected = new LinkedBlockingQueue<>();
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    origin.createContext(
        "/v1/traces",
        exchange -> {
          collected.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    origin.createContext(
        "/traced",
        exchange -> {
          seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    int port = origin.getAddress().getPort();
    Telemetry telemetry =
        new Telemetry(true, new Telemetry.Tracing("http://127.0.0.1:" + port + "/", 0));
    mount(
        AdminApi.CURRENT_DIR, Revision.of(1, TestConfigs.proxy(PORT, port, "g1", null, telemetry)));
    try (Pod pod = Pod.start(root, "127.0.0.73")) {
      await().until(() -> pod.admin.state().revision() != null);
      URI uri = URI.create("http://127.0.0.73:" + PORT + "/traced");
      http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
      assertThat(seen.poll(10, TimeUnit.SECONDS)).matches(".*-0[02]"); // not sampled
      http.send(
          HttpRequest.newBuilder(uri)
              .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
              .build(),
          BodyHandlers.discarding());
      assertThat(seen.poll(10, TimeUnit.SECONDS))
          .startsWith("00-" + trace)
          .matches(".*-0[13]") // sampled
          .doesNotContain("b7ad6b7169203331");
      byte[] spans = collected.poll(20, TimeUnit.SECONDS);
      assertThat(spans).containsSequence(HexFormat.of().parseHex(trace));
      assertThat(new String(spans, US_ASCII))
          .contains("GET shop/all", "warmgate.reason", "upstream");
      await().until(() -> pod.stdout().contains("\"traceId\":\"" + trace + "\""));
    }
  }

  /** As on a machine whose kernel or C library the native transport does not load on. */
  @Test
  void servesWithoutTheNativeTransport() throws Exception {
    mount(AdminApi.CURRENT_DIR, revision(1));
    var environment = new HashMap<>(Pod.environment(root, "127.0.0.74"));
    environment.put("JAVA_TOOL_OPTIONS", "-Dio.netty.transport.noNative=true");
    try (Pod pod = Pod.start(root, "127.0.0.74", environment)) {
      await().until(() -> pod.admin.state().revision() != null);
      assertThat(pod.stderr()).contains("epoll is not to be had");
      heartbeat(pod, 1);
      assertThat(pod.admin.get(AdminApi.READYZ).statusCode()).isEqualTo(200);
      for (int i = 0; i < 20; i++) {
        assertThat(get("127.0.0.74", "/" + i).body()).isEqualTo("/" + i);
      }
      assertThat(raw("127.0.0.74", "GET / HTTP/1.1\r\nX: " + "x".repeat(1 << 20)))
          .startsWith("HTTP/1.1 431");
      assertThat(pod.process().toHandle().destroy()).isTrue();
      assertThat(pod.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(pod.process().exitValue()).isEqualTo(128 + 15);
    }
  }

  @Test
  void aBadEnvironmentIsOneLineAndExitCodeOne() throws Exception {
    Process process = Pod.launch(root, Map.of("POD_NAME", "edge-1"));
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readAllLines(root.resolve("stderr")))
        .containsExactly(
            "warmgate-server cannot start: POD_NAMESPACE is missing from the environment");
  }

  private static String raw(String host, String text) throws IOException {
    try (Socket socket = new Socket(host, PORT)) {
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private void count(AtomicInteger answered, AtomicInteger lost) {
    try {
      boolean good = get("127.0.0.72", "/x").statusCode() == 200;
      (good ? answered : lost).incrementAndGet();
    } catch (IOException e) {
      lost.incrementAndGet();
    }
  }

  private Revision revision(long number) {
    return Revision.of(number, TestConfigs.proxy(PORT, origin.getAddress().getPort(), "g1"));
  }

  private HttpResponse<String> get(String host, String pathAndQuery) throws IOException {
    URI uri = URI.create("http://" + host + ":" + PORT + pathAndQuery);
    try {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
          BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void heartbeat(Pod pod, long revision) throws IOException {
    pod.admin.post(AdminApi.HEARTBEAT, new Heartbeat(revision, 0, List.of()));
  }

  private void mount(String directory, Revision revision) throws IOException {
    Path mounted = Files.createDirectories(root.resolve(directory.substring(1)));
    Files.write(mounted.resolve(Revision.FILE), revision.toJson());
  }
}
