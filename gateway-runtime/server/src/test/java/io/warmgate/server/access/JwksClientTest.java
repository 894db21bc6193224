package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.warmgate.server.listener.RawOrigin;
import io.warmgate.server.upstream.AddressGuard;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys are asked for, and what is taken for an answer. */
class JwksClientTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final RawOrigin OTHER =
      new RawOrigin((_, _, connection) -> connection.send(answer("200 OK", "{}", "")));

  @AfterAll
  static void stop() {
    OTHER.close();
    VERTX.close().await();
  }

  private static String answer(String status, String body, String fields) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + fields
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static byte[] get(AddressGuard guard, String url) throws Exception {
    return new JwksClient(new GuardedHttp(VERTX, guard)).get(url).await(20, TimeUnit.SECONDS);
  }

  private static AddressGuard guard(boolean loopback, int... own) {
    return new AddressGuard(
        loopback,
        null,
        java.util.Arrays.stream(own).boxed().collect(java.util.stream.Collectors.toSet()));
  }

  @Test
  void theContentOfA200IsRead() throws Exception {
    try (RawOrigin origin =
        new RawOrigin((_, _, connection) -> connection.send(answer("200 OK", "{\"a\":1}", "")))) {
      byte[] read = get(guard(true), "http://127.0.0.1:" + origin.port() + "/keys?a=b");
      assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
      assertThat(origin.heads.getFirst()).startsWith("GET /keys?a=b HTTP/1.1\r\n");
      assertThat(RawOrigin.field(origin.heads.getFirst(), "host"))
          .isEqualTo("127.0.0.1:" + origin.port());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"302 Found", "307 X", "404 Not Found", "500 X", "204 No Content"})
  void anythingElseIsNoneAndNoRedirectIsFollowed(String status) {
    OTHER.heads.clear();
    try (RawOrigin origin =
        new RawOrigin(
            (_, _, connection) ->
                connection.send(
                    answer(
                        status,
                        "",
                        "Location: http://127.0.0.1:" + OTHER.port() + "/secret\r\n")))) {
      String url = "http://127.0.0.1:" + origin.port() + "/";
      assertThatThrownBy(() -> get(guard(true), url)).hasMessageContaining("answers");
      assertThat(OTHER.heads).isEmpty();
    }
  }

  /** Whoever asks, on whatever thread: between a head and its handlers no end gets lost. */
  @Test
  void theEndIsHeardOnABusyMachineToo() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors() + 1; i++) {
      Thread.ofPlatform().daemon().start(() -> spin(over));
    }
    try (RawOrigin origin =
        new RawOrigin((_, _, connection) -> connection.send(answer("200 OK", "{}", "")))) {
      for (int i = 0; i < 300; i++) {
        assertThat(get(guard(true), "http://127.0.0.1:" + origin.port() + "/keys")).hasSize(2);
      }
    } finally {
      over.set(true);
    }
  }

  private static void spin(AtomicBoolean over) {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsTooLargeIsNotRead() {
    String large = " ".repeat(300 << 10);
    try (RawOrigin origin =
        new RawOrigin((_, _, connection) -> connection.send(answer("200 OK", large, "")))) {
      String url = "http://127.0.0.1:" + origin.port() + "/";
      assertThatThrownBy(() -> get(guard(true), url)).hasMessageContaining("larger than");
    }
  }

  @Test
  void anAddressThatNoBackendMayHaveIsNotAsked() {
    OTHER.heads.clear();
    for (String host : Set.of("127.0.0.1", "localhost", "[::1]", "169.254.169.254", "0.0.0.0")) {
      assertThatThrownBy(
              () -> get(guard(false), "http://" + host + ":" + OTHER.port() + "/latest/meta-data"))
          .as(host)
          .hasMessageContaining("may not be asked");
    }
    assertThatThrownBy(
            () -> get(guard(true, OTHER.port()), "http://127.0.0.1:" + OTHER.port() + "/"))
        .as("the pod's own port")
        .hasMessageContaining("may not be asked");
    assertThat(OTHER.heads).isEmpty();
  }
}
