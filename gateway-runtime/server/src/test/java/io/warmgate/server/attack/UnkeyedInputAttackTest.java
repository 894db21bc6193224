package io.warmgate.server.attack;

import static io.warmgate.server.attack.Site.HONOR;
import static io.warmgate.server.attack.Site.answer;
import static io.warmgate.server.attack.Site.kept;
import static io.warmgate.server.attack.Site.policy;
import static io.warmgate.server.attack.Site.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.warmgate.server.listener.RawOrigin;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Poisoning by what the origin reads and the key does not have. */
class UnkeyedInputAttackTest {
  private static final Sites SITES = new Sites();
  private static final String LOOPBACK = "'127.0.0.0/8'";

  @BeforeEach
  void echo() {
    SITES.serve(HONOR, "");
    SITES.answers(UnkeyedInputAttackTest::echoed);
    SITES.forget();
  }

  @AfterAll
  static void stop() {
    SITES.close();
  }

  /** The worst of origins: all that it is sent is in its answer, and that is for everybody. */
  private static String echoed(String head) {
    return kept(head);
  }

  private static void assertUnseen() {
    assertThat(SITES.attacked.origin.heads).noneMatch(head -> head.contains("evil"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Host",
        "X-Forwarded-Server",
        "X-Forwarded-Port",
        "X-Forwarded-Proto",
        "X-Forwarded-Scheme",
        "X-Forwarded-Prefix",
        "X-Forwarded-For",
        "X-Forwarded",
        "X_Forwarded_Host",
        "Forwarded",
        "X-Host",
        "X-HTTP-Host-Override",
        "X-Original-Host",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Override-URL",
        "X-Envoy-Original-Path",
        "X-HTTP-Method",
        "X-HTTP-Method-Override",
        "X-Method-Override",
        "X-Real-IP",
        "X-Client-IP",
        "True-Client-IP",
        "Front-End-HTTPS",
        "Proxy",
        "Warmgate-Debug",
      })
  void aFieldThatIsNotKeyedDoesNotReachTheOrigin(String field) {
    String path = "/unkeyed/" + field;
    SITES.spares(request("GET", path, field + ": evil.example"), path);
    assertUnseen();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "Forwarded",
        "X-Original-URL",
        "X-HTTP-Method-Override",
        "X-Real-IP",
      })
  void aTrustedProxyPassesOnWhatItsClientsSaySoThatDoesNotEither(String field) {
    SITES.serve(HONOR, LOOPBACK);
    String path = "/trusted/" + field;
    SITES.spares(request("GET", path, field + ": evil.example"), path);
    assertUnseen();
  }

  @Test
  void aTrustedProxyIsBelievedWhereNothingIsKept() {
    SITES.serve(HONOR, LOOPBACK);
    SITES.attacked.ask("POST", "/trusted", "X-Forwarded-Host: shown.example", "Content-Length: 0");
    assertThat(SITES.attacked.origin.heads.getLast()).contains("x-forwarded-host: shown.example");
  }

  @Test
  void whatIsBelievedOfTheClientsAddressStays() {
    SITES.serve(HONOR, LOOPBACK);
    SITES.attacked.get("/client", "X-Forwarded-For: evil, 9.9.9.9, 127.0.0.2");
    String head = SITES.attacked.origin.heads.getLast();
    assertThat(RawOrigin.field(head, "x-forwarded-for")).isEqualTo("9.9.9.9, 127.0.0.2, 127.0.0.1");
    assertThat(RawOrigin.field(head, "forwarded"))
        .isEqualTo(
            "for=9.9.9.9, for=127.0.0.2, for=127.0.0.1;host=\"shop.example.com\";proto=http");
  }

  @Test
  void aKeyedFieldHasAnAnswerOfItsOwn() {
    SITES.serve(policy("'mode':'ALL','names':[]", "'x-original-host','x-tenant'"), LOOPBACK);
    for (String field : List.of("X-Original-Host: evil", "X-Tenant: evil")) {
      SITES.spares(request("GET", "/keyed", field), "/keyed");
      assertThat(SITES.attacked.origin.heads).anyMatch(head -> head.contains("evil"));
    }
  }

  @Test
  void aKeyedFieldThatIsNotPassedOnMakesNoKeys() {
    SITES.serve(policy("'mode':'ALL','names':[]", "'x-original-host'"), "");
    SITES.attacked.get("/keys", "X-Original-Host: evil1");
    assertThat(SITES.spares(request("GET", "/keys", "X-Original-Host: evil2"), "/keys").isHit())
        .isTrue();
    assertThat(SITES.attacked.origin.heads).hasSize(1);
  }

  @Test
  void aRedirectForAnotherSchemeIsNotKept() {
    SITES.answers(
        head ->
            RawOrigin.field(head, "x-forwarded-proto").equals("http")
                ? kept("page")
                : answer(301, "", List.of("Location: /evil"), "Cache-Control: max-age=60"));
    SITES.spares(request("GET", "/redirect", "X-Forwarded-Proto: https"), "/redirect");
    SITES.serve(HONOR, LOOPBACK);
    SITES.spares(request("GET", "/redirect2", "X-Forwarded-Proto: https"), "/redirect2");
    SITES.spares(request("GET", "/redirect3", "X-Forwarded-Proto: evil"), "/redirect3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Content-Length: 4 | evil", "Transfer-Encoding: chunked | 4#evil#0##"})
  void theContentOfAGetIsNotKeyedAndItsAnswerNotKept(String field, String content) {
    SITES.script(
        (_, head, connection) -> {
          String read =
              head.contains("content-length: 4")
                  ? new String(
                      connection.in().readNBytes(4), java.nio.charset.StandardCharsets.US_ASCII)
                  : "";
          connection.send(kept(head + read));
        });
    String path = "/fat/" + field.length();
    String attack = request("GET", path, field) + content.replace("#", "\r\n");
    assertThat(SITES.spares(attack, path).isHit()).isFalse();
  }

  @Test
  void theContentOfAGetInHttp2NeedsNoLength() throws Exception {
    SITES.script(
        (_, head, connection) -> {
          if (head.contains("transfer-encoding: chunked")) {
            connection.in().readNBytes("4\r\nevil\r\n0\r\n\r\n".length());
            connection.send(kept("evil"));
          } else {
            connection.send(kept("good"));
          }
        });
    Vertx vertx = Vertx.vertx();
    // Kept: a client that nobody refers to is closed.
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    try {
      String evil =
          client
              .request(
                  new RequestOptions()
                      .setServer(
                          SocketAddress.inetSocketAddress(SITES.attacked.pod.port, "127.0.0.1"))
                      .setHost(Site.HOST)
                      .setPort(80)
                      .setURI("/fat2"))
              .compose(request -> sendInTwo(request))
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);
      assertThat(evil).isEqualTo("evil");
    } finally {
      client.close();
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
    assertThat(SITES.attacked.get("/fat2").body()).isEqualTo("good");
  }

  private static Future<String> sendInTwo(HttpClientRequest request) {
    Future<String> answer =
        request.response().compose(response -> response.body()).map(body -> body.toString());
    return request
        .setChunked(true)
        .writeHead()
        .compose(_ -> request.end("evil"))
        .compose(_ -> answer);
  }

  @Test
  void whatAMethodOverrideCausedIsNotKept() {
    SITES.answers(
        head ->
            head.toLowerCase(java.util.Locale.ROOT).contains("override")
                    || head.contains("_method=")
                ? answer(405, "evil", List.of(), "Cache-Control: public, max-age=60")
                : kept("page"));
    SITES.spares(request("GET", "/o1", "X-HTTP-Method-Override: DELETE"), "/o1");
    SITES.spares(request("GET", "/o2?_method=DELETE"), "/o2");
    SITES.serve(policy("'mode':'INCLUDE','names':['page']", ""), "");
    SITES.spares(request("GET", "/o3?_method=DELETE"), "/o3");
    SITES.serve(HONOR, LOOPBACK);
    SITES.spares(request("GET", "/o4", "X-HTTP-Method-Override: DELETE"), "/o4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cache-Control: public, max-age=600",
        "Expires: Fri, 01 Jan 2100 00:00:00 GMT",
        ""
      })
  void anErrorThatTheRequestCausedIsNotKept(String freshness) {
    SITES.answers(
        head ->
            head.length() > 4_000 || head.contains("\u0001")
                ? answer(400, "evil", List.of(), freshness)
                : kept("page"));
    String path = "/caused/" + freshness.length();
    SITES.spares(request("GET", path, "X-Oversize: " + "x".repeat(8_000)), path);
    SITES.spares(request("GET", path + "/meta", "X-Meta: a\u0001b"), path + "/meta");
    // Beyond the gateway's own limit nobody is asked.
    int before = SITES.attacked.origin.heads.size();
    assertThat(SITES.attacked.get(path + "/2", "X-Oversize: " + "x".repeat(20_000)).status())
        .isEqualTo(431);
    assertThat(SITES.attacked.origin.heads).hasSize(before);
    SITES.spares(request("GET", path + "/3", "X-Oversize: " + "x".repeat(20_000)), path + "/3");
  }

  @Test
  void aFieldThatConnectionNamesIsGoneBeforeItIsKeyed() {
    SITES.answers(
        head ->
            kept(
                RawOrigin.field(head, "x-tenant").isEmpty() ? "of nobody" : "of a tenant",
                "Vary: X-Tenant"));
    SITES.spares(
        request("GET", "/hop", "X-Tenant: a", "Connection: X-Tenant"), "/hop", "X-Tenant: a");
    SITES.answers(
        head -> kept(RawOrigin.field(head, "authorization").isEmpty() ? "login" : "yours"));
    SITES.spares(
        request("GET", "/hop2", "Authorization: Basic eA==", "Connection: Authorization"), "/hop2");
    // Framing stays the gateway's.
    String post =
        request("POST", "/hop3", "Content-Length: 4", "Connection: Content-Length, Host") + "evil";
    SITES.spares(post, "/hop3");
    assertThat(SITES.attacked.origin.heads)
        .anyMatch(head -> head.startsWith("POST /hop3 ") && head.contains("content-length: 4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | Range: bytes=0-0",
        "GET | Range: bytes=-1, 0-",
        "GET | If-None-Match: \"v1\"",
        "GET | If-Match: \"other\"",
        "GET | If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT",
        "GET | If-Range: \"v1\"",
        "HEAD | X: y",
        "get | X: y",
        "GETX | X: y",
        "OPTIONS | X: y",
        "POST | Content-Length: 0",
      })
  void anAnswerToAnotherQuestionIsNotThePage(String method, String field) {
    SITES.answers(UnkeyedInputAttackTest::conditional);
    String path = "/conditional/" + method + field.length();
    SITES.spares(request(method, path, field), path);
    SITES.spares(request(method, path + "/2", field), path + "/2", "Accept: text/html");
    // With the page kept already.
    SITES.attacked.get(path);
    SITES.spares(request(method, path, field), path);
  }

  /** An origin that answers conditions, ranges and methods, and lets everything be kept. */
  private static String conditional(String head) {
    if (head.startsWith("HEAD ")) {
      return kept("the page").replaceAll("the page$", "");
    }
    if (!head.startsWith("GET ")) {
      return kept("evil");
    }
    if (head.contains("if-match:") || head.contains("if-unmodified-since:")) {
      return answer(412, "evil", List.of(), "Cache-Control: max-age=60");
    }
    if (head.contains("if-none-match:")) {
      return "HTTP/1.1 304 X\r\nCache-Control: max-age=60\r\nETag: \"v1\"\r\n\r\n";
    }
    if (head.contains("range: bytes")) {
      return answer(206, "t", List.of("Content-Range: bytes 0-0/8"), "Cache-Control: max-age=60");
    }
    return kept("the page", "ETag: \"v1\"");
  }

  @Test
  void aCodingThatTheOriginForgetsToVaryByIsNotForAll() {
    SITES.answers(
        head ->
            head.contains("accept-encoding: gzip")
                ? kept("evil bytes", "Content-Encoding: gzip")
                : kept("plain"));
    SITES.spares(request("GET", "/coded", "Accept-Encoding: gzip"), "/coded");
  }

  @Test
  void aClientCannotForceAFetch() {
    for (Site site : List.of(SITES.attacked, SITES.calm)) {
      site.get("/forced");
    }
    int before = SITES.attacked.origin.heads.size();
    for (String field :
        List.of("Cache-Control: no-cache", "Pragma: no-cache", "Cache-Control: max-age=0")) {
      SITES.spares(request("GET", "/forced", field), "/forced");
    }
    assertThat(SITES.attacked.origin.heads).hasSize(before);
  }

  @Test
  void nobodyPurgesByAMethod() {
    SITES.answers(head -> head.startsWith("GET ") ? kept(head) : answer(405, "no", List.of(), ""));
    SITES.attacked.get("/purged");
    for (String method : List.of("PURGE", "BAN", "REFRESH", "DELETE")) {
      assertThat(SITES.spares(request(method, "/purged"), "/purged").isHit()).as(method).isTrue();
    }
  }
}
