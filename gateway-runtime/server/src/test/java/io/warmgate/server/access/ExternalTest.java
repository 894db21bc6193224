package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.server.access.AccessPod.Reply;
import io.warmgate.server.listener.RawOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service of the user's that decides, through a whole gateway. */
class ExternalTest {
  private static final String ALLOWED = AskedService.answer("200 OK", "secret", "X-User: admin");
  private static final String DENIED = AskedService.answer("403 X", "secret");
  private static final String KEY = "X-Api-Key: key-ann";
  private static final AtomicInteger PATHS = new AtomicInteger();
  private static final ExecutorService CLIENTS = Executors.newVirtualThreadPerTaskExecutor();
  private static AccessPod pod;
  private static AskedService roles;
  private static String access;

  @BeforeAll
  static void start() {
    pod = new AccessPod();
    roles = new AskedService();
    access = AccessTest.access(pod.value(Signing.published(Signing.of("ES256", "k1"))));
  }

  @AfterAll
  static void stop() {
    CLIENTS.close();
    pod.close();
    roles.close();
  }

  @BeforeEach
  void calm() {
    pod.revoked.all.clear();
    pod.says("Cache-Control: public, max-age=60");
    roles.go.countDown();
    roles.says(_ -> ALLOWED);
    roles.asked.clear();
    roles.heads().clear();
  }

  private static String external(String more) {
    return ",'external':{'url':'"
        + roles.url("/decide")
        + "','timeoutMillis':1000,'maxCachedMillis':60000"
        + more
        + "}";
  }

  private static void serve(String takes, String callers, String more) {
    pod.serve(access, AccessTest.rule(takes, callers, external(more)), AccessTest.SHARED);
  }

  private static String path() {
    return "/external/" + PATHS.incrementAndGet();
  }

  @Test
  void itIsAskedOnceWhoIsKnownAndTheSameQuestionOnce() {
    serve(AccessTest.KEYS, "GRANTED", ",'sendHeaders':['x-tenant']");
    String path = path();
    assertThat(pod.get(path).status()).isEqualTo(401);
    assertThat(pod.get(path, "X-Api-Key: key-none").status()).isEqualTo(403);
    assertThat(roles.asked).as("of those who may not call").isEmpty();
    assertThat(pod.get(path, KEY).status()).isEqualTo(200);
    assertThat(pod.get(path, KEY).isHit()).isTrue();
    assertThat(roles.asked)
        .containsExactly(
            """
            {"method":"GET","host":"shop.example.com","path":"%s","route":"test/all",\
            "consumer":"t/ann","claims":{},"headers":{}}\
            """
                .formatted(path));
    assertThat(roles.heads().getFirst())
        .startsWith("POST /decide HTTP/1.1\r\n")
        .containsIgnoringCase("content-type: application/json\r\n")
        .doesNotContain("key-ann");
    assertThat(pod.get(path, "X-Api-Key: key-bob").isHit()).as("another caller").isTrue();
    assertThat(pod.get(path, KEY, "X-Tenant: a").isHit()).as("another question").isTrue();
    assertThat(pod.get(path, KEY, "X-Else: a").isHit()).as("the same").isTrue();
    assertThat(pod.get(path + "/2", KEY).status()).as("another path").isEqualTo(200);
    assertThat(roles.asked).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"401 X", "403 X"})
  void whomItRefusesIsRefusedOnHitsTooAndThatIsRemembered(String status) {
    serve(AccessTest.KEYS, "GRANTED", "");
    String path = path();
    roles.says(
        content ->
            content.contains("\"t/bob\"")
                ? AskedService.answer(status, "secret", "WWW-Authenticate: Basic")
                : ALLOWED);
    assertThat(pod.get(path, KEY).status()).isEqualTo(200);
    assertThat(pod.get(path, KEY).isHit()).isTrue();
    long before = pod.counted("external");
    int asked = pod.origin.heads.size();
    for (int i = 0; i < 3; i++) {
      Reply refused = pod.get(path, "X-Api-Key: key-bob");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("urn:warmgate:problem:external\"");
      assertThat(refused.text()).doesNotContain("secret", "Basic", " of ");
      assertThat(refused.field("cache-control")).isEqualTo("no-store");
    }
    assertThat(pod.counted("external")).isEqualTo(before + 3);
    assertThat(roles.asked).hasSize(2);
    assertThat(pod.origin.heads).hasSize(asked);
  }

  @Test
  void whatIsNotToBeRememberedIsAskedEachTime() {
    pod.serve(
        access,
        AccessTest.rule(
            AccessTest.KEYS, "GRANTED", external("").replace("Millis':60000", "Millis':0")),
        AccessTest.SHARED);
    String path = path();
    for (int i = 1; i <= 3; i++) {
      assertThat(pod.get(path, KEY).status()).isEqualTo(200);
      assertThat(roles.asked).hasSize(i);
    }
    roles.says(_ -> DENIED);
    assertThat(pod.get(path, KEY).status()).isEqualTo(403);
  }

  @Test
  void whatItSaidHoldsForAsLongAsIsWritten() {
    pod.serve(
        access,
        AccessTest.rule(
            AccessTest.KEYS, "GRANTED", external("").replace("Millis':60000", "Millis':1000")),
        AccessTest.SHARED);
    String path = path();
    long began = System.nanoTime();
    assertThat(pod.get(path, KEY).status()).isEqualTo(200);
    roles.says(_ -> DENIED);
    await().until(() -> pod.get(path, KEY).status() == 403);
    assertThat((System.nanoTime() - began) / 1_000_000).isGreaterThan(900);
    assertThat(roles.asked).hasSize(2);
    roles.says(_ -> ALLOWED);
    await().until(() -> pod.get(path, KEY).status() == 200);
    assertThat(roles.asked).hasSize(3);
  }

  @Test
  void aQuestionThatManyRequestsAreIsAskedOnce() throws Exception {
    serve(AccessTest.KEYS, "GRANTED", "");
    CountDownLatch held = roles.held();
    String path = path();
    List<Future<Reply>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(CLIENTS.submit(() -> pod.get(path, KEY)));
    }
    await().until(() -> !roles.asked.isEmpty());
    held.countDown();
    for (Future<Reply> one : all) {
      assertThat(one.get().status()).isEqualTo(200);
    }
    assertThat(roles.asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "consumer", "grant"})
  void whatIsRevokedIsRefusedWhateverItSaid(String what) throws Exception {
    serve(AccessTest.KEYS, "GRANTED", "");
    String path = path();
    String revoked =
        switch (what) {
          case "key" -> AccessTest.sha256("key-ann");
          case "consumer" -> "t/ann";
          default -> "t/ann " + AccessPod.ROUTE;
        };
    assertThat(pod.get(path, KEY).status()).isEqualTo(200);
    assertThat(pod.get(path, KEY).isHit()).isTrue();
    pod.revoked.all.add(revoked);
    Reply after = pod.get(path, KEY);
    assertThat(after.status()).isEqualTo(403);
    assertThat(after.body()).contains("urn:warmgate:problem:revoked\"");
    assertThat(pod.get(path, "X-Api-Key: key-bob").isHit()).isTrue();
    pod.revoked.all.clear();
    int before = roles.asked.size();
    CountDownLatch held = roles.held();
    Future<Reply> late = CLIENTS.submit(() -> pod.get(path(), KEY));
    await().until(() -> roles.asked.size() > before);
    pod.revoked.all.add(revoked);
    held.countDown();
    assertThat(late.get().body())
        .as("revoked while it was asked")
        .contains("urn:warmgate:problem:revoked\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 X", "302 X", "204 X", "201 X", "404 X", "huge", "closed"})
  void whoSaysNeitherLetsNobodyInUnlessTheRuleDoes(String how) {
    roles.says(
        _ ->
            switch (how) {
              case "huge" -> AskedService.answer("200 OK", "x".repeat(70 << 10));
              case "closed" -> "";
              default ->
                  "HTTP/1.1 "
                      + how
                      + "\r\nLocation: /\r\nX-User: admin\r\nContent-Length: 0\r\n\r\n";
            });
    String more = ",'takeHeaders':['x-user']";
    serve(AccessTest.KEYS, "GRANTED", more);
    long before = pod.counted("no-decision");
    Reply denied = pod.get(path(), KEY);
    assertThat(denied.status()).isEqualTo(503);
    assertThat(denied.field("retry-after")).isEqualTo("5");
    assertThat(denied.body()).contains("urn:warmgate:problem:unverifiable\"");
    assertThat(pod.counted("no-decision")).isEqualTo(before + 1);
    long gone = pod.counted("undecided");
    pod.serve(
        access,
        AccessTest.rule(AccessTest.KEYS, "GRANTED", external(more)).replace("DENY", "ALLOW"),
        AccessTest.SHARED);
    String path = path();
    assertThat(pod.get(path, KEY, "X-User: root").body()).endsWith(" of ");
    assertThat(pod.counted("undecided")).isEqualTo(gone + 1);
    assertThat(pod.get(path).status()).as("who is not known").isEqualTo(401);
    assertThat(pod.get(path, "X-Api-Key: key-none").status()).as("not granted").isEqualTo(403);
    roles.says(_ -> DENIED);
    assertThat(pod.get(path, KEY).status()).as("not remembered").isEqualTo(403);
  }

  @Test
  void whoHangsIsWaitedForAsLongAsIsWritten() {
    serve(AccessTest.KEYS, "GRANTED", "");
    roles.held();
    long began = System.nanoTime();
    assertThat(pod.get(path(), KEY).status()).isEqualTo(503);
    assertThat((System.nanoTime() - began) / 1_000_000).isBetween(900L, 9_000L);
  }

  /** As for claims: who asks first would choose for all what is said of whom. */
  @Test
  void whatItSaysTheBackendIsToldAndNotWhatAClientDoes() {
    serve(AccessTest.KEYS, "GRANTED", ",'takeHeaders':['x-user']");
    roles.says(
        content ->
            AskedService.answer(
                "200 OK", "", content.contains("t/ann") ? "X-User: admin" : "X-Else: a"));
    String path = path();
    for (String field : new String[] {"X-User: root", "x_user: root", "Connection: x-user"}) {
      Reply told = pod.get(path, KEY, field);
      assertThat(told.body()).endsWith(" of admin");
      assertThat(told.field("cache-status")).endsWith("detail=unkeyed-claim");
      assertThat(pod.origin.heads.getLast()).doesNotContain("root");
    }
    assertThat(pod.get(path, "X-Api-Key: key-bob", "X-User: root").body()).endsWith(" of ");
    assertThat(pod.origin.heads.getLast().toLowerCase(Locale.ROOT)).doesNotContain("x-user");
    String kept = path();
    pod.serve(
        access,
        AccessTest.rule(AccessTest.KEYS, "GRANTED", external(",'takeHeaders':['x-user']")),
        AccessTest.SHARED,
        "'protocol':'HTTP'",
        "'x-user'");
    assertThat(pod.get(kept, KEY).body()).endsWith(" of admin");
    Reply bobs = pod.get(kept, "X-Api-Key: key-bob", "X-User: admin");
    assertThat(bobs.body()).as("keyed as the backend got it").endsWith(" of ");
    assertThat(pod.get(kept, KEY).isHit()).isTrue();
    assertThat(pod.get(kept, KEY).body()).endsWith(" of admin");
  }

  @ParameterizedTest
  @CsvSource({"'X-User: a\u00e9'", "'X-User: '", "'X-User: a\tb'"})
  void whatIsNoFieldsValueIsNotTold(String field) {
    serve(AccessTest.KEYS, "GRANTED", ",'takeHeaders':['x-user']");
    roles.says(_ -> AskedService.answer("200 OK", "", field));
    assertThat(pod.get(path(), KEY).status()).isEqualTo(200);
    assertThat(RawOrigin.field(pod.origin.heads.getLast(), "x-user")).isEmpty();
  }

  /** It may be the only one that knows: by a session, for one. */
  @Test
  void itMayDecideAloneByWhatItIsSent() {
    pod.serve(
        access,
        AccessTest.rule("'keyHeaders':[]", "ANYBODY", external(",'sendHeaders':['cookie']")),
        AccessTest.SHARED);
    roles.says(content -> content.contains("\"cookie\":\"s=good\"") ? ALLOWED : DENIED);
    String path = path();
    assertThat(pod.get(path).status()).isEqualTo(403);
    assertThat(pod.get(path, "Cookie: s=bad").status()).isEqualTo(403);
    assertThat(pod.get(path, "Cookie: s=good").status()).isEqualTo(200);
    assertThat(pod.get(path, "Cookie: s=bad").status()).isEqualTo(403);
    assertThat(pod.get(path).status()).isEqualTo(403);
    assertThat(roles.asked).hasSize(3);
  }

  /** Where nobody can say who calls, and the rule lets nobody in, the service still has its say. */
  @Test
  void whoGoesOnAsNobodyIsDecidedOnToo() {
    String nowhere =
        access.replaceAll(
            "'keys':\\{'type':'given','value':\\{[^}]*\\}\\}",
            "'keys':{'type':'fetched','url':'http://127.0.0.1:1/keys','refreshMillis':60000,"
                + "'maxStaleMillis':60000}");
    pod.serve(
        nowhere,
        AccessTest.rule("'issuers':['idp']", "VERIFIED", external("")).replace("DENY", "ALLOW"),
        AccessTest.SHARED);
    roles.says(_ -> DENIED);
    String token = "Authorization: Bearer " + Signing.of("ES256", "k1").token("u");
    assertThat(pod.get(path(), token).status()).isEqualTo(403);
    assertThat(roles.asked).hasSize(1);
    assertThat(roles.asked.getFirst()).doesNotContain("consumer");
    roles.says(_ -> ALLOWED);
    assertThat(pod.get(path(), token).status()).isEqualTo(200);
  }

  @Test
  void anAddressThatNoBackendMayHaveIsNotAsked() {
    pod.serve(
        access,
        AccessTest.rule(AccessTest.KEYS, "GRANTED", external(""))
            .replace(roles.url("/decide"), "http://127.0.0.1:" + pod.port + "/own"),
        AccessTest.SHARED);
    assertThat(pod.get(path(), KEY).status()).isEqualTo(503);
    assertThat(roles.asked).isEmpty();
  }

  /** However many ask what nobody asked before: as many wait as may, and hits are answered. */
  @Test
  void moreThanFitsInIsRefusedAndWhatIsRememberedIsNot() throws Exception {
    serve(AccessTest.KEYS, "GRANTED", "");
    String path = path();
    assertThat(pod.get(path, KEY).status()).isEqualTo(200);
    CountDownLatch held = roles.held();
    long busy = pod.counted("busy");
    List<Future<Reply>> all = new ArrayList<>();
    for (int i = 0; i < 1_300; i++) {
      all.add(CLIENTS.submit(() -> pod.get(path(), KEY)));
    }
    await().until(() -> pod.counted("busy") > busy);
    assertThat(pod.get(path, KEY).isHit()).isTrue();
    assertThat(roles.asked).hasSizeLessThanOrEqualTo(33);
    held.countDown();
    int refused = 0;
    for (Future<Reply> one : all) {
      Reply reply = one.get();
      assertThat(reply.status()).isIn(200, 503);
      refused += reply.status() == 503 ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }
}
