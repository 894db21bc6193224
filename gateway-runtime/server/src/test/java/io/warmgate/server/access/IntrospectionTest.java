package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.server.access.AccessPod.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that an issuer has to be asked about, through a whole gateway and a real issuer. */
class IntrospectionTest {
  private static final String SECRET = "s3cret-of-the-shop";
  private static final String ASKED = "'issuers':['opaque']";
  private static final Signing SIGNING = Signing.of("ES256", "k1");
  private static final AtomicInteger PATHS = new AtomicInteger();
  private static final ExecutorService CLIENTS = Executors.newVirtualThreadPerTaskExecutor();
  private static AccessPod pod;
  private static AskedService idp;
  private static String keys;
  private static String secret;

  @BeforeAll
  static void start() {
    pod = new AccessPod();
    idp = new AskedService();
    keys = pod.value(Signing.published(SIGNING));
    secret = pod.value(SECRET.getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    CLIENTS.close();
    pod.close();
    idp.close();
  }

  @BeforeEach
  void calm() {
    pod.revoked.all.clear();
    pod.says("Cache-Control: public, max-age=60");
    idp.introspects(IntrospectionTest::about);
    idp.asked.clear();
    idp.heads().clear();
  }

  /** Tokens are {@code org.subject.salt}, good where the org is not {@code bad}. */
  private static String about(String token) {
    String[] parts = token.split("~", -1);
    return parts[0].equals("bad")
        ? "{\"active\":false}"
        : "{\"active\":true,\"org\":\"" + parts[0] + "\",\"sub\":\"" + parts[1] + "\"}";
  }

  static String opaque(String name, String url, String more) {
    return "{'name':'"
        + name
        + "','audiences':[],'algorithms':[],'clockSkewMillis':0,'introspection':{'url':'"
        + url
        + "','clientId':'shop','clientSecret':"
        + secret
        + ",'timeoutMillis':1000,'maxCachedMillis':60000}"
        + more
        + "}";
  }

  /** With the issuers of {@link AccessTest} and these; consumers are known by either's claims. */
  private static String access(String... issuers) {
    return AccessTest.access(keys)
        .replace("'consumers':", "'consumers':")
        .replace(
            "'clockSkewMillis':1000}]",
            "'clockSkewMillis':1000}," + String.join(",", issuers) + "]")
        .replaceAll(
            "'tokens':\\[\\{'issuer':'idp','claims':(\\{[^}]*})}]",
            "'tokens':[{'issuer':'idp','claims':$1},{'issuer':'opaque','claims':$1}]");
  }

  private static String access() {
    return access(opaque("opaque", idp.url("/introspect"), ""));
  }

  private static String path() {
    return "/introspected/" + PATHS.incrementAndGet();
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  /** Another each time. */
  private static String token(String org, String subject) {
    return org + "~" + subject + "~" + PATHS.incrementAndGet();
  }

  @Test
  void aTokenGetsItsConsumerInAndItsIssuerIsAskedOnce() {
    pod.serve(access(), AccessTest.rule(ASKED, "GRANTED", ""), AccessTest.SHARED);
    String path = path();
    String token = token("ann", "u1");
    assertThat(pod.get(path, bearer(token)).status()).isEqualTo(200);
    assertThat(pod.get(path, bearer(token)).isHit()).isTrue();
    assertThat(idp.asked).hasSize(1);
    assertThat(AskedService.token(idp.asked.getFirst())).isEqualTo(token);
    String head = idp.heads().getFirst();
    assertThat(head)
        .startsWith("POST /introspect HTTP/1.1\r\n")
        .containsIgnoringCase("content-type: application/x-www-form-urlencoded\r\n");
    assertThat(pod.get(path, bearer(token("bob", "u2"))).isHit()).as("another").isTrue();
    assertThat(pod.get(path, bearer(token("none", "u2"))).status()).isEqualTo(403);
    assertThat(pod.get(path, bearer(token("nobody", "u2"))).status()).isEqualTo(403);
    assertThat(pod.get(path).status()).isEqualTo(401);
  }

  @Test
  void aTokenThatIsNotActiveIsRefusedAndThatIsRemembered() {
    pod.serve(access(), AccessTest.rule(ASKED, "VERIFIED", ""), AccessTest.SHARED);
    String token = token("bad", "u");
    long before = pod.counted("inactive");
    for (int i = 0; i < 3; i++) {
      Reply reply = pod.get(path(), bearer(token));
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.field("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
      assertThat(reply.body()).contains("urn:warmgate:problem:bad-credential\"");
    }
    assertThat(pod.counted("inactive")).isEqualTo(before + 3);
    assertThat(idp.asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rule", "issuer"})
  void whatIsNotToBeRememberedIsAskedEachTime(String where) {
    String rule = AccessTest.rule(ASKED, "VERIFIED", "");
    boolean ofRule = where.equals("rule");
    pod.serve(
        access(opaque("opaque", idp.url("/"), ""))
            .replace(
                "'maxCachedMillis':60000}",
                ofRule ? "'maxCachedMillis':60000}" : "'maxCachedMillis':0}"),
        ofRule ? rule.replace("'maxCachedMillis':60000", "'maxCachedMillis':0") : rule,
        AccessTest.SHARED);
    String token = token("ann", "u");
    for (int i = 1; i <= 3; i++) {
      assertThat(pod.get(path(), bearer(token)).status()).isEqualTo(200);
      assertThat(idp.asked).hasSize(i);
    }
    idp.introspects(_ -> "{\"active\":false}");
    assertThat(pod.get(path(), bearer(token)).status()).isEqualTo(401);
  }

  @Test
  void aTokenIsAskedAboutAgainWhenItsTimeIsOver() {
    pod.serve(access(), AccessTest.rule(ASKED, "VERIFIED", ""), AccessTest.SHARED);
    String token = token("ann", "u");
    long end = System.currentTimeMillis() / 1_000 + 2;
    idp.introspects(_ -> "{\"active\":true,\"exp\":" + end + "}");
    assertThat(pod.get(path(), bearer(token)).status()).isEqualTo(200);
    assertThat(pod.get(path(), bearer(token)).status()).isEqualTo(200);
    assertThat(idp.asked).hasSize(1);
    await().until(() -> pod.get(path(), bearer(token)).status() == 401);
    assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(end * 1_000);
    assertThat(idp.asked).as("once more, and its no is remembered").hasSize(2);
  }

  @Test
  void aTokenThatManyBringAtOnceIsAskedAboutOnce() throws Exception {
    pod.serve(access(), AccessTest.rule(ASKED, "GRANTED", ""), AccessTest.SHARED);
    CountDownLatch held = idp.held();
    String token = token("ann", "u");
    List<Future<Reply>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(CLIENTS.submit(() -> pod.get(path(), bearer(token))));
    }
    await().until(() -> !idp.asked.isEmpty());
    held.countDown();
    for (Future<Reply> one : all) {
      assertThat(one.get().status()).isEqualTo(200);
    }
    assertThat(idp.asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "consumer", "grant"})
  void whatIsRevokedIsRefusedThoughItsTokenIsRemembered(String what) {
    pod.serve(access(), AccessTest.rule(ASKED, "GRANTED", ""), AccessTest.SHARED);
    String path = path();
    String token = token("ann", "u");
    String other = token("bob", "u");
    assertThat(pod.get(path, bearer(token)).status()).isEqualTo(200);
    assertThat(pod.get(path, bearer(token)).isHit()).isTrue();
    assertThat(pod.get(path, bearer(other)).isHit()).isTrue();
    pod.revoked.all.add(
        switch (what) {
          case "key" -> AccessTest.sha256(token);
          case "consumer" -> "t/ann";
          default -> "t/ann " + AccessPod.ROUTE;
        });
    Reply after = pod.get(path, bearer(token));
    assertThat(after.status()).isEqualTo(what.equals("key") ? 200 : 403);
    assertThat(pod.get(path, bearer(other)).isHit()).isTrue();
    assertThat(idp.asked).hasSize(2);
  }

  /**
   * What an issuer may answer that is no answer; the client waits for no longer than is written.
   */
  private static final Map<String, Function<String, String>> NO_ANSWERS =
      Map.of(
          "500", _ -> AskedService.answer("500 X", "{\"active\":true}"),
          "401", _ -> AskedService.answer("401 X", "{\"active\":true}"),
          "302", _ -> AskedService.answer("302 X", "{\"active\":true}", "Location: /other"),
          "204", _ -> "HTTP/1.1 204 No Content\r\n\r\n",
          "garbage", _ -> AskedService.answer("200 OK", "<html>sign in</html>"),
          "no HTTP", _ -> "SMTP ready\r\n\r\n",
          "huge",
              _ ->
                  AskedService.answer(
                      "200 OK", "{\"active\":true,\"a\":\"" + "x".repeat(70 << 10) + "\"}"),
          "huge head",
              _ -> AskedService.answer("200 OK", "{\"active\":true}", "X: " + "x".repeat(70 << 10)),
          "cut",
              _ ->
                  AskedService.answer("200 OK", "{\"active\":true}")
                      .replace("{\"active\":true}", "{\"active\""),
          "closed", _ -> "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "500",
        "401",
        "302",
        "204",
        "garbage",
        "no HTTP",
        "huge",
        "huge head",
        "cut",
        "closed"
      })
  void whoDoesNotAnswerLetsNobodyInWhoNeedsToBeKnown(String how) {
    idp.says(java.util.Objects.requireNonNull(NO_ANSWERS.get(how)));
    String open = AccessTest.rule(ASKED, "VERIFIED", "").replace("DENY", "ALLOW");
    String token = token("ann", "u");
    long before = pod.counted("no-answer");
    pod.serve(access(), AccessTest.rule(ASKED, "VERIFIED", ""), AccessTest.BY_CONSUMER);
    Reply denied = pod.get(path(), bearer(token));
    assertThat(denied.status()).isEqualTo(503);
    assertThat(denied.field("retry-after")).isEqualTo("5");
    assertThat(denied.body()).contains("urn:warmgate:problem:unverifiable\"");
    assertThat(pod.counted("no-answer")).isEqualTo(before + 1);
    pod.serve(access(), open, AccessTest.BY_CONSUMER);
    Reply allowed = pod.get(path(), bearer(token));
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.field("cache-status")).endsWith("detail=no-caller");
    pod.serve(access(), open.replace("VERIFIED", "GRANTED"), AccessTest.BY_CONSUMER);
    assertThat(pod.get(path(), bearer(token)).status())
        .as("a grant is a consumer's")
        .isEqualTo(503);
    idp.introspects(IntrospectionTest::about);
    assertThat(pod.get(path(), bearer(token)).status()).as("not remembered").isEqualTo(200);
  }

  @Test
  void whoHangsIsWaitedForAsLongAsIsWritten() {
    idp.held();
    pod.serve(access(), AccessTest.rule(ASKED, "VERIFIED", ""), AccessTest.SHARED);
    long began = System.nanoTime();
    assertThat(pod.get(path(), bearer(token("ann", "u"))).status()).isEqualTo(503);
    assertThat((System.nanoTime() - began) / 1_000_000).isBetween(900L, 9_000L);
    idp.go.countDown();
    assertThat(pod.get(path(), bearer(token("ann", "u"))).status()).isEqualTo(200);
  }

  @Test
  void anIssuerAtAnAddressThatNoBackendMayHaveIsNotAsked() {
    pod.serve(
        access(opaque("opaque", "http://127.0.0.1:" + pod.port + "/own", "")),
        AccessTest.rule(ASKED, "VERIFIED", ""),
        AccessTest.SHARED);
    String path = path();
    assertThat(pod.get(path, bearer(token("ann", "u"))).status()).isEqualTo(503);
    // A question to the pod itself would have been logged before.
    await().until(() -> pod.log.toString(StandardCharsets.UTF_8).contains(path));
    assertThat(pod.log.toString(StandardCharsets.UTF_8)).doesNotContain("/own");
  }

  /**
   * Which issuer sees a token is the token's own word and the rule's; a JWT of keys goes nowhere.
   */
  @Test
  void aJwtOfAnIssuerWithKeysIsVerifiedAndEverythingElseIsAskedAbout() {
    String both = AccessTest.rule("'issuers':['idp','opaque']", "VERIFIED", "");
    pod.serve(access(), both, AccessTest.SHARED);
    String good = SIGNING.token("u", claims -> claims.claim("org", "ann"));
    for (int i = 0; i < 2; i++) {
      assertThat(pod.get(path(), bearer(good)).status()).isEqualTo(200);
      assertThat(pod.get(path(), bearer(good.substring(0, good.length() - 4) + "AAAA")).status())
          .as("its signature is wrong, and nobody is asked what else it may be")
          .isEqualTo(401);
    }
    assertThat(idp.asked).isEmpty();
    idp.introspects(_ -> "{\"active\":true}");
    String other = SIGNING.token("u", claims -> claims.issuer("https://other.example.com/"));
    for (int i = 0; i < 2; i++) {
      assertThat(pod.get(path(), bearer(other)).status()).as("another's JWT").isEqualTo(200);
      assertThat(pod.get(path(), bearer("a.b.c")).status()).as("no JWT").isEqualTo(200);
      assertThat(pod.get(path(), bearer("opaque-1")).status()).isEqualTo(200);
    }
    assertThat(idp.asked.stream().map(AskedService::token))
        .containsExactlyInAnyOrder(other, "a.b.c", "opaque-1");
  }

  /** What one rule has asked is no other rule's, where that one has it verified by keys. */
  @Test
  void aTokenThatWasAskedAboutForARuleIsStillVerifiedForAnother() {
    String expired =
        SIGNING.token(
            "u", claims -> claims.expirationTime(java.util.Date.from(java.time.Instant.EPOCH)));
    idp.introspects(_ -> "{\"active\":true}");
    pod.serve(access(), AccessTest.rule(ASKED, "VERIFIED", ""), AccessTest.SHARED);
    assertThat(pod.get(path(), bearer(expired)).status()).isEqualTo(200);
    assertThat(pod.get(path(), bearer(expired)).status()).isEqualTo(200);
    String both = AccessTest.rule("'issuers':['opaque','idp']", "VERIFIED", "");
    pod.serve(access(), both, AccessTest.SHARED);
    assertThat(pod.get(path(), bearer(expired)).status()).isEqualTo(401);
    assertThat(pod.get(path(), bearer(expired)).status()).isEqualTo(401);
    assertThat(idp.asked).hasSize(1);
  }

  @Test
  void issuersAreAskedInTheRulesOrderAndNoOtherIsShownTheToken() {
    try (AskedService second = new AskedService();
        AskedService third = new AskedService()) {
      second.introspects(_ -> "{\"active\":true,\"sub\":\"of-second\"}");
      third.introspects(_ -> "{\"active\":true,\"sub\":\"of-third\"}");
      String access =
          access(
              opaque("opaque", idp.url("/"), ""),
              opaque("second", second.url("/"), ""),
              opaque("third", third.url("/"), ""));
      String rule =
          AccessTest.rule(
              "'issuers':['opaque','second']", "VERIFIED", ",'claimHeaders':{'x-user':'sub'}");
      pod.serve(access, rule, AccessTest.SHARED);
      assertThat(pod.get(path(), bearer(token("ann", "first"))).body()).endsWith(" of first");
      assertThat(second.asked).isEmpty();
      String token = token("bad", "x");
      assertThat(pod.get(path(), bearer(token)).body()).endsWith(" of of-second");
      assertThat(pod.get(path(), bearer(token)).body()).endsWith(" of of-second");
      assertThat(second.asked).hasSize(1);
      idp.says(_ -> AskedService.answer("500 X", ""));
      assertThat(pod.get(path(), bearer(token("ann", "x"))).body()).endsWith(" of of-second");
      second.introspects(_ -> "{\"active\":false}");
      assertThat(pod.get(path(), bearer(token("ann", "x"))).status())
          .as("it may be a good one: nobody knows")
          .isEqualTo(503);
      assertThat(third.asked).isEmpty();
    }
  }

  /** Two issuers that do not say who they are, and holders of one name. */
  @Test
  void holdersOfOneNameAtTwoIssuersHaveAnswersOfTheirOwn() {
    try (AskedService second = new AskedService()) {
      Function<String, String> ann = _ -> "{\"active\":true,\"iss\":\"x\",\"sub\":\"ann\"}";
      idp.introspects(ann);
      second.introspects(ann);
      String access =
          access(opaque("opaque", idp.url("/"), ""), opaque("second", second.url("/"), ""));
      String path = path();
      pod.says("Cache-Control: max-age=60");
      pod.serve(access, AccessTest.rule(ASKED, "VERIFIED", ""), AccessTest.BY_SUB);
      String first = pod.get(path, bearer("t1")).body();
      assertThat(pod.get(path, bearer("t2")).isHit()).as("the same holder").isTrue();
      pod.serve(access, AccessTest.rule("'issuers':['second']", "VERIFIED", ""), AccessTest.BY_SUB);
      Reply others = pod.get(path, bearer("t1"));
      assertThat(others.isHit()).isFalse();
      assertThat(others.body()).isNotEqualTo(first);
    }
  }

  @Test
  void theBackendIsToldItsClaimsAndNotTheToken() {
    pod.serve(
        access(),
        AccessTest.rule(ASKED, "VERIFIED", ",'claimHeaders':{'x-user':'sub'}"),
        AccessTest.SHARED);
    String token = token("ann", "annika");
    assertThat(pod.get(path(), bearer(token), "X-User: root").body()).endsWith(" of annika");
    assertThat(pod.origin.heads.getLast()).doesNotContain(token, "root");
  }

  @Test
  void neitherTheTokenNorTheSecretIsInAnythingThatIsSaid() {
    AccessPod own = new AccessPod();
    try (own) {
      String held = own.value(SECRET.getBytes(StandardCharsets.UTF_8));
      String access =
          AccessTest.access(own.value(Signing.published(SIGNING)))
              .replace(
                  "'clockSkewMillis':1000}]",
                  "'clockSkewMillis':1000},"
                      + opaque("opaque", idp.url("/"), "").replace(secret, held)
                      + "]");
      own.serve(access, AccessTest.rule(ASKED, "VERIFIED", ""), AccessTest.BY_SUB);
      String good = token("ann", "u");
      String bad = token("bad", "u");
      List<Reply> replies = new ArrayList<>();
      replies.add(own.get("/a", bearer(good), "Warmgate-Debug: cache-key"));
      replies.add(own.get("/a", bearer(bad), "Warmgate-Debug: cache-key"));
      idp.says(_ -> AskedService.answer("500 X", ""));
      replies.add(own.get("/a", bearer(token("ann", "v"))));
      // A line is written after its answer.
      await().until(() -> own.log.toString(StandardCharsets.UTF_8).contains("no-answer"));
      String told = own.told();
      assertThat(told)
          .contains(
              "\"refused\":\"inactive\"",
              "\"refused\":\"no-answer\"",
              "warmgate_auth_total{outcome=\"no-answer\"} 1.0",
              "warmgate_auth_total{outcome=\"admitted\"} 1.0");
      for (String hidden : List.of(good, bad, SECRET)) {
        assertThat(told).doesNotContain(hidden);
        replies.forEach(reply -> assertThat(reply.text()).doesNotContain(hidden));
        assertThat(own.origin.heads).noneMatch(head -> head.contains(hidden));
        assertThat(own.hot().toString()).doesNotContain(hidden);
      }
    }
  }

  /** An idle connection that the issuer closes costs no request an answer. */
  @Test
  void aConnectionThatWasClosedMeanwhileIsMadeAnew() {
    pod.serve(access(), AccessTest.rule(ASKED, "VERIFIED", ""), AccessTest.SHARED);
    AtomicInteger count = new AtomicInteger();
    idp.says(
        content ->
            count.incrementAndGet() % 2 == 0
                ? ""
                : AskedService.answer("200 OK", about(AskedService.token(content))));
    for (int i = 0; i < 4; i++) {
      assertThat(pod.get(path(), bearer(token("ann", "u"))).status()).isEqualTo(200);
    }
  }
}
