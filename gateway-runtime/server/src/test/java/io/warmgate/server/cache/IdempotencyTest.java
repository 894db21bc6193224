package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.IdempotencyRule;
import io.warmgate.config.IdempotencyRule.Method;
import io.warmgate.config.IdempotencyRule.Mode;
import io.warmgate.config.IdempotencyRule.OnUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Idempotency keys on a pod that has no Redis to look them up in. */
class IdempotencyTest {
  private static final String FIELD = "Idempotency-Key";

  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod =
      new Pod(exchange -> logged.add(exchange.reason() + " " + exchange.idempotency()));

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private void serve(Mode mode, OnUnavailable onUnavailable) {
    pod.serveKeyed(
        origin.port(),
        HONOR,
        null,
        new IdempotencyRule(
            "idempotency-key", mode, 60_000, List.of(Method.POST), 100, onUnavailable));
  }

  private HttpResponse<String> post(String body, String... headers) {
    return Pod.get(pod.post("/orders", body, headers));
  }

  private static String field(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** Closed: what might be done twice is not done. */
  @Test
  void whereKeysCannotBeLookedUpNothingIsTaken() {
    serve(Mode.OPTIONAL, OnUnavailable.DENY);
    HttpResponse<String> refused = post("{}", FIELD, "a");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(field(refused, "retry-after")).isEqualTo("1");
    assertThat(field(refused, "content-type")).isEqualTo("application/problem+json");
    assertThat(refused.body()).contains("urn:warmgate:problem:idempotency-unavailable");
    assertThat(origin.requests).hasValue(0);
  }

  @Test
  void orAsOftenAsItIsSentWhereTheRuleSaysSo() {
    serve(Mode.OPTIONAL, OnUnavailable.ALLOW);
    origin.answer =
        request ->
            request
                .body()
                .onSuccess(body -> request.response().end(body + " " + request.getHeader(FIELD)));
    assertThat(post("{}", FIELD, "a").body()).isEqualTo("{} a");
    assertThat(post("{}", FIELD, "a").statusCode()).isEqualTo(200);
    assertThat(origin.requests).hasValue(2);
    await().atMost(10, TimeUnit.SECONDS).until(() -> logged.contains("method unprotected"));
  }

  @Test
  void whatHasNoKeyGoesItsWay() {
    serve(Mode.OPTIONAL, OnUnavailable.DENY);
    assertThat(post("{}", "x", "y").statusCode()).isEqualTo(200);
    assertThat(pod.send("PATCH", "/orders", FIELD, "a").statusCode())
        .as("not a method of the rule")
        .isEqualTo(200);
    assertThat(pod.get("/orders", FIELD, "a").statusCode()).isEqualTo(200);
    assertThat(origin.requests).hasValue(3);
  }

  /** Draft httpapi-idempotency-key-header-07 §2.7. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          X-Other         | a       | idempotency-key-missing
          Idempotency-Key | "a      | idempotency-key-malformed
          Idempotency-Key | a, b    | idempotency-key-malformed
          """)
  void whereOneIsRequired(String name, String value, String problem) {
    serve(Mode.REQUIRED, OnUnavailable.DENY);
    HttpResponse<String> refused = post("{}", name, value);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("urn:warmgate:problem:" + problem);
    assertThat(field(refused, "connection")).as("the connection is good").isEmpty();
    assertThat(origin.requests).hasValue(0);
    assertThat(pod.get("/orders").statusCode()).isEqualTo(200);
  }

  @Test
  void twoKeysAreNone() {
    serve(Mode.OPTIONAL, OnUnavailable.ALLOW);
    assertThat(post("{}", FIELD, "a", FIELD, "b").statusCode()).isEqualTo(400);
    assertThat(origin.requests).hasValue(0);
  }

  /** More than is compared is not let through unprotected. */
  @Test
  void aLargerBodyThanIsComparedIsRefused() {
    serve(Mode.OPTIONAL, OnUnavailable.ALLOW);
    assertThat(post("x".repeat(100), FIELD, "a").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = post("x".repeat(101), FIELD, "b");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).contains("urn:warmgate:problem:idempotency-body-too-large");
    assertThat(post("x".repeat(101), "x", "y").statusCode()).as("without a key").isEqualTo(200);
    assertThat(origin.requests).hasValue(2);
  }

  /** RFC 9110 §10.1.1: a client that waits for a 100 gets one, since its content is read here. */
  @Test
  void whoWaitsForA100GetsIt() throws IOException {
    serve(Mode.OPTIONAL, OnUnavailable.ALLOW);
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), pod.port)) {
      socket.setSoTimeout(20_000);
      send(
          socket,
          """
          POST /orders HTTP/1.1
          Host: gateway.test
          Idempotency-Key: a
          Expect: 100-continue
          Content-Length: 2
          Connection: close

          """
              .replace("\n", "\r\n"));
      byte[] head = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
      assertThat(new String(head, StandardCharsets.ISO_8859_1))
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      send(socket, "{}");
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
