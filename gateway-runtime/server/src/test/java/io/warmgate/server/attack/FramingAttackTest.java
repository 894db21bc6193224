package io.warmgate.server.attack;

import static io.warmgate.server.attack.Site.HOST;
import static io.warmgate.server.attack.Site.kept;
import static io.warmgate.server.attack.Site.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.server.listener.Raw;
import io.warmgate.server.listener.RawOrigin;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers whose end is in doubt (RFC 9112 §11.2). */
class FramingAttackTest {
  private static final Sites SITES = new Sites();
  private static final AtomicInteger PATHS = new AtomicInteger();
  private static final String SMUGGLED = "GET /evil HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n";

  @BeforeEach
  void echo() {
    SITES.answers(Site::kept);
    SITES.forget();
  }

  @AfterAll
  static void stop() {
    SITES.close();
  }

  private static String path() {
    return "/framing/" + PATHS.incrementAndGet();
  }

  private static void assertNothingSmuggled() {
    assertThat(SITES.attacked.origin.heads).noneMatch(head -> head.startsWith("GET /evil"));
  }

  /** In every one a smuggled request follows that one reader takes for content. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4^Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked^Content-Length: 4",
        "Content-Length: 4^Transfer-Encoding: xchunked",
        "Content-Length: 4^Transfer-Encoding : chunked",
        "Content-Length: 4^Transfer-Encoding:\u000bchunked",
        "Content-Length: 4^ Transfer-Encoding: chunked",
        "Content-Length: 4^X: y\nTransfer-Encoding: chunked",
        "Content-Length: 4^X: y\rTransfer-Encoding: chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked^Transfer-Encoding: identity",
        "Transfer-Encoding: identity^Transfer-Encoding: chunked",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: gzip, chunked",
        "Content-Length: 4^Content-Length: 0",
        "Content-Length: 4, 0",
        "Content-Length: 0x4",
        "Content-Length: +4",
        "Content-Length: -1",
        "Content-Length: 4 0",
        "Content-Length: 99999999999999999999",
      })
  void aRequestThatTwoReadersEndDifferentlyIsRefusedAndTheConnectionClosed(String framing) {
    String path = path();
    String attack =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + HOST
            + "\r\n"
            + framing.replace("^", "\r\n")
            + "\r\n\r\n0\r\n\r\n"
            + SMUGGLED;
    String answer = SITES.attacked.raw(attack);
    assertThat(answer).as(framing).startsWith("HTTP/1.1 400");
    assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer, then the end").hasSize(2);
    SITES.spares(attack, path);
    assertNothingSmuggled();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2;\nxx\r\n0\r\n\r\n",
        "2;a=b\nxx\r\n0\r\n\r\n",
        "2;\rxx\r\n0\r\n\r\n",
        "2\nxx\r\n0\r\n\r\n",
        "2\r\nxx\n0\r\n\r\n",
        "2\r\nxxyy0\r\n\r\n",
        "2 \r\nxx\r\n0\r\n\r\n",
        "0x2\r\nxx\r\n0\r\n\r\n",
        "-2\r\nxx\r\n0\r\n\r\n",
        "ffffffffffffffff2\r\nxx\r\n0\r\n\r\n",
        "2\r\nxx\r\n0\r\nContent-Length: 50\r\n\r\n",
      })
  void aChunkThatTwoReadersReadDifferentlyHidesNoRequest(String chunks) {
    String path = path();
    SITES.script(FramingAttackTest::drained);
    String attack =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + HOST
            + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            + chunks
            + SMUGGLED;
    SITES.spares(attack, path);
    assertNothingSmuggled();
  }

  /** Reads chunked content to its end, as the strictest reader would. */
  private static void drained(int count, String head, RawOrigin.Connection connection)
      throws IOException {
    if (head.contains("content-length: 2")) {
      connection.in().readNBytes(2);
    }
    if (head.contains("transfer-encoding: chunked")) {
      StringBuilder content = new StringBuilder();
      while (content.indexOf("0\r\n\r\n") < 0) {
        int octet = connection.in().read();
        if (octet < 0) {
          throw new IOException("given up");
        }
        content.append((char) octet);
      }
    }
    connection.send(kept(head));
  }

  /** Somebody before the gateway may take it for content of the last request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /last||",
        "GET /last%2F||",
        "GET /uncached/last||",
        "POST /last|Content-Length: 2|xx",
        "POST /last|Transfer-Encoding: chunked|2^xx^0^^",
      })
  void nothingBehindTheLastRequestIsRead(String last) {
    SITES.script(FramingAttackTest::drained);
    String[] parts = last.split("\\|", -1);
    String attack =
        Raw.head(
                parts[0] + " HTTP/1.1",
                "Host: " + HOST,
                // What is refused is the last one, too.
                last.contains("%2F") ? "X: z" : "Connection: close",
                parts[1].isEmpty() ? "X: y" : parts[1])
            + parts[2].replace("^", "\r\n")
            + SMUGGLED;
    assertThat(SITES.attacked.raw(attack).split("HTTP/1.1 ", -1)).hasSize(2);
    assertNothingSmuggled();
    SITES.spared(path());
  }

  /** CL.0: the backend does not read content that it does not expect. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS", "POST"})
  void contentThatTheBackendTakesForARequestAnswersNobody(String method) {
    SITES.answers(head -> head.startsWith("GET /evil") ? kept("evil") : kept("good"));
    for (int i = 0; i < 10; i++) {
      String path = path();
      SITES.spares(request(method, path, "Content-Length: " + SMUGGLED.length()) + SMUGGLED, path);
    }
  }

  /**
   * Whoever makes a backend wait for more content than is sent would get the next client's request.
   */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void anUpgradeWithContentIsNone(String method) {
    SITES.script(
        (_, head, connection) -> {
          connection.send(kept("good"));
          if (head.contains("content-length: 30")) {
            connection.in().readNBytes(30);
          }
        });
    String path = path();
    String attack =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + HOST
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 30\r\n\r\n";
    try (var raw = new Raw(SITES.attacked.pod.port)) {
      raw.send(attack);
      Answer victims = SITES.attacked.get(path);
      assertThat(victims.body()).isEqualTo("good");
      for (int i = 0; i < 5; i++) {
        assertThat(SITES.attacked.get(path()).body()).isEqualTo("good");
      }
    }
    assertThat(SITES.attacked.origin.heads)
        .allMatch(head -> head.startsWith("GET /") || head.startsWith("POST /"))
        .noneMatch(head -> head.contains("upgrade: websocket"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 X\r\nCache-Control: max-age=60\r\nContent-Length: 4\r\n\r\nevil",
        "HTTP/1.1 200 X\r\nContent-Le",
        "evil",
      })
  void whatFollowsAnAnswerIsNobodysAndTheAnswerIsNotKept(String excess) {
    String path = path();
    AtomicInteger evil = new AtomicInteger(1);
    // Split by who could write a line into the answer's head: cut short, and one more behind it.
    SITES.attacked.answers(
        head ->
            head.contains(path + " ") && evil.getAndDecrement() == 1
                ? kept("cut") + excess
                : kept("good"));
    SITES.calm.answers(_ -> kept("good"));
    SITES.spares(request("GET", path), path);
    for (int i = 0; i < 3; i++) {
      String next = path();
      SITES.spares(request("GET", next), next);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1^Content-Length: 4^Transfer-Encoding: chunked",
        "HTTP/1.1^Transfer-Encoding: chunked^Content-Length: 4",
        "HTTP/1.1^Content-Length: 4^Transfer-Encoding: xchunked",
        "HTTP/1.1^Transfer-Encoding: xchunked",
        "HTTP/1.1^Transfer-Encoding: gzip",
        "HTTP/1.1^Transfer-Encoding: gzip, chunked",
        "HTTP/1.1^Transfer-Encoding: chunked, identity",
        "HTTP/1.1^Transfer-Encoding: chunked^Transfer-Encoding: chunked",
        "HTTP/1.1^Transfer-Encoding:\u000bchunked",
        "HTTP/1.0^Transfer-Encoding: chunked",
        "HTTP/1.1^Content-Length: 4^Content-Length: 5",
        "HTTP/1.1^Content-Length: 4, 5",
        "HTTP/1.1^Content-Length: -4",
        "HTTP/1.1^Content-Length: four",
      })
  void anAnswerWhoseEndIsInDoubtIsNoneAndNotKept(String framing) {
    String path = path();
    String[] parts = framing.split("\\^", 2);
    AtomicInteger doubtful = new AtomicInteger(1);
    SITES.attacked.script(
        (_, _, connection) -> {
          if (doubtful.getAndDecrement() == 1) {
            connection.send(
                parts[0]
                    + " 200 X\r\nCache-Control: max-age=60\r\n"
                    + parts[1].replace("^", "\r\n")
                    + "\r\n\r\n4\r\nevil\r\n0\r\n\r\n");
            connection.close();
          } else {
            connection.send(kept("good"));
          }
        });
    SITES.calm.answers(_ -> kept("good"));
    assertThat(SITES.attacked.get(path).status()).as(framing).isEqualTo(502);
    SITES.spares(request("GET", path + "/x"), path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Content-Length: 100 | ev", "Transfer-Encoding: chunked | 2#ev#"})
  void aTruncatedAnswerIsNotKept(String framing, String body) {
    String path = path();
    AtomicInteger cut = new AtomicInteger(1);
    SITES.attacked.script(
        (_, _, connection) -> {
          if (cut.getAndDecrement() == 1) {
            connection.send(
                "HTTP/1.1 200 X\r\nCache-Control: max-age=60\r\n"
                    + framing
                    + "\r\n\r\n"
                    + body.replace("#", "\r\n"));
            connection.close();
          } else {
            connection.send(kept("good"));
          }
        });
    SITES.calm.answers(_ -> kept("good"));
    SITES.spares(request("GET", path), path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: shop.example.com^Host: evil.example",
        "Host: evil.example^Host: shop.example.com",
        "Host: shop.example.com, evil.example",
        "Host: evil.example/",
        "Host: user@shop.example.com",
        "Host: shop.example.com:evil",
        "Host: ",
        "Host : shop.example.com",
        "X: y^ Host: evil.example",
      })
  void oneHostNoMoreAndNoLess(String hosts) {
    String path = path();
    SITES.answers(head -> kept(RawOrigin.field(head, "host")));
    int before = SITES.attacked.origin.heads.size();
    String attack = request("GET", path, hosts.split("\\^"));
    if (!hosts.startsWith("X")) {
      assertThat(SITES.attacked.raw(attack)).startsWith("HTTP/1.1 400");
      assertThat(SITES.attacked.origin.heads).hasSize(before);
    }
    SITES.spares(attack, path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\rb", "a\u0001b", "a\u007fb", "a\r\n folded", "\u0000"})
  void aControlCharacterBecomesNoLine(String value) {
    String path = path();
    SITES.answers(_ -> kept("page"));
    SITES.spares(request("GET", path, "X-Odd: " + value + "X-Evil: evil"), path, "X-Odd: ");
    assertThat(SITES.attacked.origin.heads).noneMatch(head -> head.contains("\r\nX-Evil"));
  }

  @Test
  void aBodyOfAnAnswerToHeadIsNotTheNextAnswer() {
    SITES.answers(head -> head.startsWith("HEAD ") ? kept("evil") : kept("good"));
    for (int i = 0; i < 5; i++) {
      String path = path();
      SITES.spares(request("HEAD", path), path);
    }
  }
}
