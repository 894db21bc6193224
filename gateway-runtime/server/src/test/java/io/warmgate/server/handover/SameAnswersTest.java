package io.warmgate.server.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.server.listener.Raw;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client and the backend see is the same with and without the way over another pod. */
class SameAnswersTest extends BetweenPods {
  private static final String HOST = "|Host: shop.example.com";
  private static final String CLOSE = "|Connection: close||";

  /** But for the time, and for the order of the lines of its first head. */
  private static String comparable(String answer) {
    String timeless = answer.replaceAll("(?im)^date: .*\\R", "");
    int end = timeless.indexOf("\r\n\r\n");
    return end < 0
        ? timeless
        : timeless.substring(0, end).lines().sorted().collect(Collectors.joining("\n"))
            + timeless.substring(end);
  }

  private String ask(String request) {
    return comparable(Raw.exchange(pods.port, request.replace("|", "\r\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a?x=%2f&y=1 HTTP/1.1" + HOST + CLOSE,
        "GET /a/../b;p=1 HTTP/1.1" + HOST + CLOSE,
        "GET http://shop.example.com/absolute HTTP/1.1" + HOST + CLOSE,
        "GET http://shop.example.com/absolute HTTP/1.1|Host: other.example.com" + CLOSE,
        "GET /a HTTP/1.1|Host: SHOP.example.com:8080" + CLOSE,
        "GET /a HTTP/1.1|Host: shop.example.com|Host: shop.example.com" + CLOSE,
        "GET /a HTTP/1.1" + CLOSE,
        "GET /a HTTP/1.0" + HOST + "||",
        "GET /a HTTP/1.0" + HOST + "|Connection: keep-alive, close||",
        "GET /a HTTP/1.1|Host: nobody.example.com" + CLOSE,
        "GET /%2e%2e/%zz HTTP/1.1" + HOST + CLOSE,
        "TRACE /a HTTP/1.1" + HOST + CLOSE,
        "CONNECT shop.example.com:80 HTTP/1.1" + HOST + CLOSE,
        "PROPFIND /a HTTP/1.1" + HOST + CLOSE,
        "DELETE /a HTTP/1.1" + HOST + CLOSE,
        "HEAD /a HTTP/1.1" + HOST + CLOSE,
        "HEAD /trailers HTTP/1.1" + HOST + CLOSE,
        "GET /304 HTTP/1.1" + HOST + CLOSE,
        "GET /204 HTTP/1.1" + HOST + CLOSE,
        "GET /503 HTTP/1.1" + HOST + CLOSE,
        "GET /hints HTTP/1.1" + HOST + CLOSE,
        "GET /trailers HTTP/1.1" + HOST + "|TE: trailers|Connection: close, TE||",
        "GET /redirect?a=b HTTP/1.1" + HOST + CLOSE,
        "GET /a HTTP/1.1" + HOST + "|Origin: https://shop.example.com" + CLOSE,
        "OPTIONS /a HTTP/1.1"
            + HOST
            + "|Origin: https://shop.example.com|Access-Control-Request-Method: GET"
            + CLOSE,
        "OPTIONS * HTTP/1.1" + HOST + CLOSE,
        "GET /a HTTP/1.1" + HOST + "|X-A: 1|X-a: 2|Cookie: a=b; c=d|Cookie: e=f|Accept:" + CLOSE,
        "GET /a HTTP/1.1" + HOST + "|X-Hop: 1|Connection: x-hop, close||",
        "GET /a HTTP/1.1" + HOST + "|X-Forwarded-For: 192.0.2.7|X-Forwarded-Proto: https" + CLOSE,
        "GET /a HTTP/1.1" + HOST + "|Forwarded: for=192.0.2.7|Via: 1.0 there" + CLOSE,
        "GET /a HTTP/1.1" + HOST + "|Proxy-Connection: close|Keep-Alive: timeout=5" + CLOSE,
        "GET /a HTTP/1.1" + HOST + "|CDN-Loop: warmgate-gateway-uid" + CLOSE,
        "GET /a HTTP/1.1"
            + HOST
            + "|Warmgate-Handover-Peer: 192.0.2.9|Warmgate-Handover: 1"
            + CLOSE,
        "GET /a HTTP/1.1" + HOST + "|Warmgate-Preview: wrong" + CLOSE,
        "POST /a HTTP/1.1" + HOST + "|Content-Length: 5|Connection: close||hello",
        "POST /a HTTP/1.1" + HOST + "|Content-Length: 0" + CLOSE,
        "POST /a HTTP/1.1" + HOST + CLOSE,
        "POST /a HTTP/1.1"
            + HOST
            + "|Content-Length: 5|Expect: 100-continue|Connection: close||hello",
        "POST /redirect HTTP/1.1"
            + HOST
            + "|Content-Length: 5|Expect: 100-continue|Connection: close||hello",
        "PUT /a HTTP/1.1" + HOST + "|Transfer-Encoding: chunked|Connection: close||3|abc|2|de|0||",
        "PUT /a HTTP/1.1"
            + HOST
            + "|Transfer-Encoding: gzip, chunked|Connection: close||3|abc|2|de|0||",
        "GET /a HTTP/1.1" + HOST + "|Content-Length: 5|Connection: close||hello",
        "POST /204 HTTP/1.1" + HOST + "|Content-Length: 5|Connection: close||hello",
        "GET /break HTTP/1.1" + HOST + CLOSE,
        "GET /a HTTP/1.1" + HOST + "||GET /b HTTP/1.1" + HOST + CLOSE,
        "POST /a HTTP/1.1" + HOST + "|Content-Length: 2||hiGET /b HTTP/1.1" + HOST + CLOSE
      })
  void isTheSame(String request) throws Exception {
    pods.serve(null);
    String direct = ask(request);
    pods.serve(TwoPods.percent(100));
    assertThat(ask(request)).isEqualTo(direct);
    assertThat(direct.toLowerCase(Locale.ROOT)).doesNotContain("warmgate-handover");
    for (HandoverCounts.Outcome fallback :
        List.of(
            HandoverCounts.Outcome.TO_REFUSED,
            HandoverCounts.Outcome.TO_UNREACHABLE,
            HandoverCounts.Outcome.TO_LOST)) {
      assertThat(pods.blue.counts.of(fallback))
          .as("%s of blue; green counted %s", fallback, counted(pods.green))
          .isZero();
    }
  }

  private static Map<HandoverCounts.Outcome, Long> counted(SidePod pod) {
    Map<HandoverCounts.Outcome, Long> counts = new EnumMap<>(HandoverCounts.Outcome.class);
    for (HandoverCounts.Outcome outcome : HandoverCounts.Outcome.values()) {
      counts.put(outcome, pod.counts.of(outcome));
    }
    return counts;
  }

  @Test
  void contentThatIsTooLargeIsRefusedThere() throws Exception {
    pods.serve(TwoPods.percent(100));
    for (int i = 0; i < 3; i++) {
      try (Raw raw = new Raw(pods.port)) {
        raw.send(
            Raw.head("POST /a HTTP/1.1", "Host: shop.example.com", "Content-Length: 16777217")
                + "x".repeat(100_000));
        assertThat(raw.readTo("\"status\":413}\n")).startsWith("HTTP/1.1 413");
      }
    }
    assertThat(pods.green.count(HandoverCounts.Outcome.FROM_TAKEN)).isEqualTo(3);
  }

  @Test
  void whatABackendCallsAsPodsDoIsNotPassedOn() throws Exception {
    pods.serve(TwoPods.percent(100));
    assertThat(ask("GET /private HTTP/1.1" + HOST + CLOSE))
        .startsWith("HTTP/1.1 200")
        .endsWith("mine")
        .doesNotContain("warmgate-handover");
  }

  @Test
  void theDetourIsTaken() throws Exception {
    pods.serve(TwoPods.percent(100));
    String answer = ask("GET /a HTTP/1.1" + HOST + CLOSE);
    assertThat(answer).contains("x-forwarded-for: 127.0.0.1", "X-Stamp: 1");
    assertThat(pods.green.count(HandoverCounts.Outcome.FROM_TAKEN)).isEqualTo(1);
  }
}
