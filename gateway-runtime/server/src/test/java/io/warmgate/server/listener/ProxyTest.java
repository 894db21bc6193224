package io.warmgate.server.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.warmgate.config.Filter;
import io.warmgate.config.Filter.Header;
import io.warmgate.config.Filter.PathModifier;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that go through to a backend and back. */
class ProxyTest {
  private final TestGateway gateway = new TestGateway();

  @AfterEach
  void close() {
    gateway.close();
  }

  private String get(String target) {
    return Raw.exchange(
        gateway.port,
        "GET " + target + " HTTP/1.1\r\nHost: shop.example.com\r\nConnection: close\r\n\r\n");
  }

  @Test
  void passesRequestAndAnswerOn() {
    try (RawOrigin origin = RawOrigin.ok("hello")) {
      gateway.take(
          Configs.on(gateway.port).backend(origin.port()).route("/", origin.port()).build());

      String answer = get("/a/../b?x=%2f");

      assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nhello");
      String head = origin.heads.get(0);
      assertThat(head).startsWith("GET /b?x=%2f HTTP/1.1\r\n");
      assertThat(RawOrigin.field(head, "host")).isEqualTo("shop.example.com");
      assertThat(RawOrigin.field(head, "connection")).isEmpty();
      assertThat(RawOrigin.field(head, "x-forwarded-for")).isEqualTo("127.0.0.1");
      assertThat(RawOrigin.field(head, "x-forwarded-proto")).isEqualTo("http");
      assertThat(RawOrigin.field(head, "via")).isEqualTo("1.1 warmgate");
      assertThat(RawOrigin.field(head, "cdn-loop")).isEqualTo("warmgate-uid-1");
      await().until(() -> gateway.ended.size() == 1);
    }
  }

  @Test
  void keepsConnectionsToClientAndBackend() {
    try (RawOrigin origin = RawOrigin.ok("hello");
        Raw client = new Raw(gateway.port(origin))) {
      for (int i = 0; i < 5; i++) {
        client.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.readTo("hello")).startsWith("HTTP/1.1 200");
      }
      assertThat(origin.heads).hasSize(5);
      assertThat(origin.connections).hasSize(1);
    }
  }

  @Test
  void keepsTheConnectionAfterHeadAnd304() {
    RawOrigin.Script script =
        (count, head, connection) ->
            connection.send(
                head.startsWith("HEAD")
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"
                    : "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");
    try (RawOrigin origin = new RawOrigin(script);
        Raw client = new Raw(gateway.port(origin))) {
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n").toLowerCase(java.util.Locale.ROOT))
          .contains("content-length: 7");
      client.send("GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"a\"\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 304");
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200");
      assertThat(origin.connections).hasSize(1);
    }
  }

  /** By {@code Upgrade: h2c} (RFC 7540 §3.2) and with prior knowledge (RFC 9113 §3.3). */
  @ParameterizedTest(name = "upgrade: {0}")
  @ValueSource(booleans = {true, false})
  void speaksHttp2InTheClear(boolean upgrade) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(upgrade);
    RawOrigin.Script echo =
        (_, head, connection) -> {
          int length = Integer.parseInt(RawOrigin.field(head, "content-length"));
          connection.send(
              RawOrigin.response(new String(connection.in().readNBytes(length), US_ASCII)));
        };
    try (RawOrigin origin = new RawOrigin(echo)) {
      int port = gateway.port(origin);
      HttpClient client = gateway.vertx.createHttpClient(options);
      for (int i = 0; i < 3; i++) {
        String body = "hello " + i;
        HttpClientResponse answer =
            TestGateway.await(
                client
                    .request(HttpMethod.POST, port, "127.0.0.1", "/x")
                    .compose(request -> request.send(body))
                    .compose(response -> response.body().map(response)));
        assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(TestGateway.await(answer.body()).toString()).isEqualTo(body);
      }
      assertThat(RawOrigin.field(origin.heads.get(0), "host")).isEqualTo("127.0.0.1:" + port);
      TestGateway.await(client.close());
    }
  }

  @Test
  void appliesFilters() {
    try (RawOrigin origin = RawOrigin.ok("hello")) {
      gateway.take(
          Configs.on(gateway.port)
              .backend(origin.port())
              .route(
                  "/old",
                  origin.port(),
                  new Filter.RequestHeaderModifier(
                      List.of(new Header("x-set", "1")), List.of(), List.of("x-gone")),
                  new Filter.ResponseHeaderModifier(
                      List.of(), List.of(new Header("x-add", "2")), List.of()),
                  new Filter.UrlRewrite(
                      "internal", new PathModifier(PathModifier.Type.PREFIX, "/new")))
              .build());

      String answer =
          Raw.exchange(
              gateway.port,
              "GET /old/a?q HTTP/1.1\r\nHost: a\r\nX-Gone: 1\r\nConnection: close\r\n\r\n");

      assertThat(answer).contains("x-add: 2\r\n");
      String head = origin.heads.get(0);
      assertThat(head).startsWith("GET /new/a?q HTTP/1.1").contains("x-set: 1\r\n");
      assertThat(RawOrigin.field(head, "host")).isEqualTo("internal");
      assertThat(RawOrigin.field(head, "x-gone")).isEmpty();
    }
  }

  @Test
  void answersHaveADateAndA204NoLength() {
    RawOrigin.Script script =
        (count, head, connection) ->
            connection.send("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");
    try (RawOrigin origin = new RawOrigin(script);
        Raw client = new Raw(gateway.port(origin))) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n").toLowerCase(java.util.Locale.ROOT))
          .startsWith("http/1.1 204")
          .contains("\r\ndate: ")
          .doesNotContain("content-length");
    }
  }

  @Test
  void redirects() {
    try (RawOrigin origin = RawOrigin.ok("hello")) {
      gateway.take(
          Configs.on(gateway.port)
              .backend(origin.port())
              .route("/", origin.port(), new Filter.RequestRedirect("https", "b", null, null, 301))
              .build());

      assertThat(get("/a?b")).startsWith("HTTP/1.1 301").contains("location: https://b/a?b\r\n");
      assertThat(origin.heads).isEmpty();
    }
  }

  @Test
  void noRouteIsAProblem() {
    try (RawOrigin origin = RawOrigin.ok("hello")) {
      gateway.take(
          Configs.on(gateway.port).backend(origin.port()).route("/a", origin.port()).build());

      assertThat(get("/b"))
          .startsWith("HTTP/1.1 404")
          .contains("application/problem+json")
          .contains("urn:warmgate:problem:no-route");
    }
  }

  @Test
  void sendsBodiesAndTrailersOn() {
    RawOrigin.Script script =
        (count, head, connection) -> {
          byte[] body = connection.in().readNBytes(5);
          connection.send(
              Raw.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Trailer: x-sum")
                  + "5\r\n"
                  + new String(body, java.nio.charset.StandardCharsets.US_ASCII)
                  + "\r\n0\r\nx-sum: 7\r\n\r\n");
        };
    try (RawOrigin origin = new RawOrigin(script);
        Raw client = new Raw(gateway.port(origin))) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nworld");
      assertThat(client.readTo("\r\n0\r\nx-sum: 7\r\n\r\n")).contains("world");
    }
  }
}
