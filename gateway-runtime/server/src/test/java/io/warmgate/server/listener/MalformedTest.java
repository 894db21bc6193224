package io.warmgate.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no HTTP, or could be two: answered, closed, and never seen by a backend. */
class MalformedTest {
  private static final TestGateway GATEWAY = new TestGateway();
  private static final RawOrigin ORIGIN = RawOrigin.ok("hello");

  @BeforeAll
  static void start() {
    GATEWAY.port(ORIGIN);
  }

  @AfterAll
  static void stop() {
    GATEWAY.close();
    ORIGIN.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "CL and TE       | POST / HTTP/1.1#Host: a#Content-Length: 5#Transfer-Encoding:"
            + " chunked##0## | 400",
        "two CL          | POST / HTTP/1.1#Host: a#Content-Length: 5#Content-Length: 6##hello |"
            + " 400",
        "bad CL          | POST / HTTP/1.1#Host: a#Content-Length: +5##hello | 400",
        "unknown TE      | POST / HTTP/1.1#Host: a#Transfer-Encoding: xchunked##0## | 400",
        "chunked twice   | POST / HTTP/1.1#Host: a#Transfer-Encoding: chunked, chunked##0## | 400",
        "chunked not last| POST / HTTP/1.1#Host: a#Transfer-Encoding: chunked, gzip##0## | 400",
        "TE in 1.0       | POST / HTTP/1.0#Host: a#Transfer-Encoding: chunked##0## | 400",
        "no Host         | GET / HTTP/1.1## | 400",
        "two Hosts       | GET / HTTP/1.1#Host: a#Host: a## | 400",
        "bad Host        | GET / HTTP/1.1#Host: a b## | 400",
        "user in Host    | GET / HTTP/1.1#Host: u@a## | 400",
        "Host with path  | GET / HTTP/1.1#Host: a/b## | 400",
        "space in name   | GET / HTTP/1.1#Host: a#X y: 1## | 400",
        "space before :  | GET / HTTP/1.1#Host: a#X : 1## | 400",
        "bare LF         | GET / HTTP/1.1#Host: a^X: 1## | 400",
        "encoded slash   | GET /a%2fb HTTP/1.1#Host: a## | 400",
        "above the root  | GET /../a HTTP/1.1#Host: a## | 400",
        "encoded dots    | GET /%2e%2e/a HTTP/1.1#Host: a## | 400",
        "NUL             | GET /a%00 HTTP/1.1#Host: a## | 400",
        "broken percent  | GET /a%2 HTTP/1.1#Host: a## | 400",
        "TRACE           | TRACE / HTTP/1.1#Host: a## | 405",
        "CONNECT         | CONNECT a:1 HTTP/1.1#Host: a:1## | 400",
        "a loop          | GET / HTTP/1.1#Host: a#CDN-Loop: x, warmgate-uid-1## | 508",
      })
  void isRefused(String what, String request, int status) {
    int before = ORIGIN.heads.size();

    String answer =
        Raw.exchange(
            GATEWAY.port,
            request.replace("#", "\r\n").replace("^", "\n")
                + (status == 400
                    ? ""
                    : "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));

    assertThat(answer).as(what).matches("(?s)HTTP/1\\.[01] " + status + " .*");
    assertThat(ORIGIN.heads.size() - before).as(what).isLessThanOrEqualTo(status == 400 ? 0 : 1);
  }

  @Test
  void anAbsoluteTargetReplacesTheHost() {
    Raw.exchange(
        GATEWAY.port,
        "GET http://B.example.com:80/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    String head = ORIGIN.heads.get(ORIGIN.heads.size() - 1);
    assertThat(head).startsWith("GET /x HTTP/1.1");
    assertThat(RawOrigin.field(head, "host")).isEqualTo("b.example.com");
  }

  @Test
  void whatUntrustedPeersSayOfTheClientIsNotPassedOn() {
    Raw.exchange(
        GATEWAY.port,
        Raw.head(
            "GET /y HTTP/1.1",
            "Host: a",
            "X-Forwarded-For: 9.9.9.9",
            "X-Forwarded-Host: evil",
            "Forwarded: for=9.9.9.9",
            "X-Original-URL: /admin",
            "Warmgate-Debug: cache-key",
            "X-HTTP-Method-Override: DELETE",
            "X-Secret: 1",
            "Connection: close, X-Secret"));

    String head = ORIGIN.heads.get(ORIGIN.heads.size() - 1);
    assertThat(RawOrigin.field(head, "x-forwarded-for")).isEqualTo("127.0.0.1");
    assertThat(RawOrigin.field(head, "x-forwarded-host")).isEqualTo("a");
    assertThat(RawOrigin.field(head, "forwarded")).isEqualTo("for=127.0.0.1;host=\"a\";proto=http");
    assertThat(head)
        .doesNotContainIgnoringCase("x-original-url", "override", "x-secret", "warmgate-debug");
  }
}
