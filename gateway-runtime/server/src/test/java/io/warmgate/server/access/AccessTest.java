package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.server.access.AccessPod.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and to what, through a whole gateway. */
class AccessTest {
  static final String KEYS = "'keyHeaders':['x-api-key']";
  static final String BOTH = "'keyHeaders':['x-api-key','authorization'],'issuers':['idp']";
  static final String SHARED =
      "{'queryOrder':'KEEP','cookies':[],'ignoredCookies':[],'credentialHeaders':[]}";
  static final String BY_CONSUMER =
      "{'queryOrder':'KEEP','cookies':[],'ignoredCookies':[],'credentialHeaders':[],'callers':{}}";
  static final String BY_SUB =
      "{'queryOrder':'KEEP','cookies':[],'ignoredCookies':[],'credentialHeaders':[],"
          + "'callers':{'claim':'sub'}}";

  private static final Signing SIGNING = Signing.of("ES256", "k1");
  private static final AtomicInteger PATHS = new AtomicInteger();
  private static AccessPod pod;
  private static String access;

  @BeforeAll
  static void start() {
    pod = new AccessPod();
    access = access(pod.value(Signing.published(SIGNING)));
  }

  @AfterAll
  static void stop() {
    pod.close();
  }

  @BeforeEach
  void calm() {
    pod.revoked.all.clear();
    pod.says("Cache-Control: max-age=60");
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Two consumers with a grant, three whose request is not granted, one that did not ask. */
  static String access(String keys) {
    return "{'issuers':[{'name':'idp','issuer':'"
        + Signing.ISSUER
        + "','audiences':['"
        + Signing.AUDIENCE
        + "'],'algorithms':['ES256'],'keys':{'type':'given','value':"
        + keys
        + "},'clockSkewMillis':1000}],'consumers':["
        + String.join(
            ",",
            consumer("t/ann", "GRANTED", ",'expiresMillis':" + Long.MAX_VALUE),
            consumer("t/bob", "GRANTED", ""),
            consumer("t/old", "GRANTED", ",'expiresMillis':1"),
            consumer("t/pending", "PENDING", ""),
            consumer("t/rejected", "REJECTED", ""),
            consumer("t/revoked", "REVOKED", ""),
            consumer("t/none", null, ""))
        + "]}";
  }

  private static String consumer(
      String id, @org.jspecify.annotations.Nullable String state, String expires) {
    String name = id.substring(2);
    return "{'id':'"
        + id
        + "','keys':[{'sha256':'"
        + sha256("key-" + name)
        + "'"
        + expires
        + "}],'tokens':[{'issuer':'idp','claims':{'org':'"
        + name
        + "'}}]"
        + (state == null
            ? ""
            : ",'grants':[{'route':'" + AccessPod.ROUTE + "','state':'" + state + "'}]")
        + "}";
  }

  static String rule(String takes, String callers, String more) {
    return "{"
        + takes
        + ",'certificates':false,'callers':'"
        + callers
        + "','onUnavailable':'DENY','forwardCredentials':false,'maxCachedMillis':60000"
        + more
        + "}";
  }

  private static String path() {
    return "/access/" + PATHS.incrementAndGet();
  }

  private static String token(String subject, String org) {
    return "Authorization: Bearer " + SIGNING.token(subject, claims -> claims.claim("org", org));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                     | 401 | no-credential    | no-credential",
        "X-Api-Key: key-ann    | 200 | -                | -",
        "X-Api-Key: key-x      | 401 | bad-credential   | unknown-key",
        "X-Api-Key: key-old    | 401 | bad-credential   | key-expired",
        "X-Api-Key: key-none   | 403 | no-grant         | no-grant",
        "X-Api-Key: key-pending  | 403 | pending-approval | pending-approval",
        "X-Api-Key: key-rejected | 403 | rejected       | rejected",
        "X-Api-Key: key-revoked  | 403 | revoked        | revoked",
        "Authorization: Bearer key-ann | 200 | -        | -",
        "Authorization: Basic a2V5OmE= | 401 | bad-credential | malformed",
        "Authorization: Bearer a.b.c   | 401 | bad-credential | no-token",
        "Authorization: Bearer a b     | 401 | bad-credential | malformed",
        "X-Api-Key: key-ann^X-Api-Key: key-ann | 401 | bad-credential | malformed",
        "X-Api-Key: key-ann^Authorization: Bearer key-ann | 200 | - | -",
        "X-Api-Key: key-ann^Authorization: Bearer key-bob | 401 | bad-credential | several-callers",
        "Connection: x-api-key^X-Api-Key: key-ann | 401 | no-credential | no-credential",
      })
  void whoShowsWhatGetsWhat(
      @org.jspecify.annotations.Nullable String fields,
      int status,
      @org.jspecify.annotations.Nullable String problem,
      @org.jspecify.annotations.Nullable String counted) {
    pod.serve(access, rule(BOTH, "GRANTED", ""), SHARED);
    long before = pod.counted(counted == null ? "admitted" : counted);
    int asked = pod.origin.heads.size();
    Reply reply = pod.get(path(), fields == null ? new String[0] : fields.split("\\^", -1));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(pod.counted(counted == null ? "admitted" : counted)).isEqualTo(before + 1);
    assertThat(pod.origin.heads).hasSize(asked + (status == 200 ? 1 : 0));
    if (problem != null) {
      assertThat(reply.field("content-type")).isEqualTo("application/problem+json");
      assertThat(reply.field("cache-control")).isEqualTo("no-store");
      assertThat(reply.body()).contains("urn:warmgate:problem:" + problem + "\"");
      assertThat(reply.text()).doesNotContain("t/", "several", "expired");
      assertThat(reply.field("www-authenticate").isEmpty()).isEqualTo(status != 401);
    }
  }

  @Test
  void aTokenGetsItsConsumerInAndIsVerifiedOnce() {
    pod.serve(access, rule(BOTH, "GRANTED", ""), SHARED);
    pod.says("Cache-Control: public, max-age=60");
    String path = path();
    String token = token("u1", "ann");
    assertThat(pod.get(path, token).status()).isEqualTo(200);
    assertThat(pod.get(path, token).isHit()).isTrue();
    assertThat(pod.get(path, token("u2", "none")).status()).as("another's").isEqualTo(403);
    assertThat(pod.get(path, token("u2", "nobody")).status()).as("nobody's").isEqualTo(403);
    assertThat(pod.get(path).status()).as("without").isEqualTo(401);
  }

  /** Whatever it is known by counts together; others are not held to it. */
  @Test
  void aConsumerHasLimitsOfItsOwn() {
    String quota =
        "{'name':'quota','by':'CONSUMER','unit':'REQUESTS','amount':3,'perMillis':3600000,"
            + "'hits':'COUNTED','mode':'ENFORCE'}";
    pod.serve(
        access.replace("'id':'t/ann',", "'id':'t/ann','limits':[" + quota + "],"),
        rule(BOTH, "GRANTED", ""),
        SHARED);
    String path = path();
    String key = "X-Api-Key: key-ann";
    assertThat(pod.get(path, key).field("ratelimit")).startsWith("\"quota\";r=2");
    assertThat(pod.get(path, key).isHit()).isTrue();
    assertThat(pod.get(path, token("u1", "ann")).status()).isEqualTo(200);
    assertThat(pod.get(path, key).status()).isEqualTo(429);
    Reply other = pod.get(path, "X-Api-Key: key-bob");
    assertThat(other.isHit()).isTrue();
    assertThat(other.field("ratelimit")).isEmpty();
  }

  @Test
  void aTokenWhoseTimeIsOverGetsNobodyInThoughItWasVerified() throws Exception {
    pod.serve(access, rule(BOTH, "CONSUMERS", ""), SHARED);
    String path = path();
    String token =
        "Authorization: Bearer "
            + SIGNING.token(
                "u1",
                claims ->
                    claims
                        .claim("org", "ann")
                        .expirationTime(Date.from(Instant.now().plusSeconds(1))));
    assertThat(pod.get(path, token).status()).isEqualTo(200);
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> assertThat(pod.get(path, token).status()).isEqualTo(401));
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "consumer", "grant"})
  void whatIsRevokedIsRefusedAtOnceThoughItsAnswerIsKeptAndOthersStillHit(String what) {
    pod.serve(access, rule(BOTH, "GRANTED", ""), SHARED);
    pod.says("Cache-Control: public, max-age=60");
    String path = path();
    String key = "X-Api-Key: key-ann";
    String token = token("u1", "ann");
    assertThat(pod.get(path, key).status()).isEqualTo(200);
    assertThat(pod.get(path, key).isHit()).isTrue();
    assertThat(pod.get(path, token).isHit()).isTrue();
    pod.revoked.all.add(
        switch (what) {
          case "key" -> sha256("key-ann");
          case "consumer" -> "t/ann";
          default -> "t/ann " + AccessPod.ROUTE;
        });
    Reply after = pod.get(path, key);
    assertThat(after.status()).isEqualTo(403);
    assertThat(after.body()).contains("urn:warmgate:problem:revoked\"");
    assertThat(pod.get(path, token).status()).isEqualTo(what.equals("key") ? 200 : 403);
    assertThat(pod.get(path, "X-Api-Key: key-bob").isHit()).as("another").isTrue();
  }

  @Test
  void aRevisionThatLeavesAConsumerOutIsObeyedThoughItsTokenWasRemembered() {
    String path = path();
    pod.serve(access, rule(BOTH, "GRANTED", ""), SHARED);
    String token = token("u1", "ann");
    assertThat(pod.get(path, token).status()).isEqualTo(200);
    pod.serve(
        access.replace("t/ann", "t/gone").replace("'ann'", "'gone'"),
        rule(BOTH, "GRANTED", ""),
        SHARED);
    assertThat(pod.get(path, token).status()).isEqualTo(403);
  }

  @Test
  void anAnswerIsSharedByWhoMayCallAndByNobodyElse() {
    pod.serve(access, rule(KEYS, "GRANTED", ""), SHARED);
    String path = path();
    assertThat(pod.get(path, "X-Api-Key: key-ann").isHit()).isFalse();
    assertThat(pod.get(path, "X-Api-Key: key-bob").isHit()).isTrue();
    assertThat(pod.get(path).status()).isEqualTo(401);
    assertThat(pod.get(path, "X-Api-Key: key-pending").status()).isEqualTo(403);
    assertThat(pod.get(path, "X-Api-Key: guess").text()).doesNotContain(" of ");
  }

  /** RFC 9111 §3.5, as without the gateway's verifying. */
  @Test
  void anAnswerToATokenIsSharedByLeaveAlone() {
    pod.serve(access, rule(BOTH, "GRANTED", ""), SHARED);
    String path = path();
    pod.get(path, token("u1", "ann"));
    Reply second = pod.get(path, token("u1", "ann"));
    assertThat(second.isHit()).isFalse();
    assertThat(second.field("cache-status")).endsWith("detail=authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {BY_CONSUMER, BY_SUB})
  void eachCallerHasAnswersOfItsOwn(String partition) {
    pod.serve(access, rule(BOTH, "ANYBODY", ""), partition);
    String path = path();
    String anns = token("ann", "ann");
    String bobs = token("bob", "bob");
    String first = pod.get(path, anns).body();
    assertThat(pod.get(path, anns).isHit()).isTrue();
    assertThat(pod.get(path, bobs).body()).isNotEqualTo(first);
    assertThat(pod.get(path, bobs).isHit()).isTrue();
    Reply nobody = pod.get(path);
    assertThat(nobody.body()).isNotEqualTo(first);
    assertThat(nobody.field("cache-status")).endsWith("detail=no-caller");
    assertThat(pod.get(path).isHit()).as("nobody's are not kept").isFalse();
    String shown = pod.get(path, anns, "Warmgate-Debug: cache-key").field("cache-status");
    assertThat(shown).contains("key=").doesNotContain("ann");
  }

  @Test
  void aKeyAndATokenOfAConsumerShareItsAnswers() {
    pod.serve(access, rule(BOTH, "GRANTED", ""), BY_CONSUMER);
    String path = path();
    pod.get(path, "X-Api-Key: key-ann");
    assertThat(pod.get(path, token("anybody", "ann")).isHit()).isTrue();
    assertThat(pod.get(path, "X-Api-Key: key-bob").isHit()).isFalse();
  }

  @Test
  void theBackendDoesNotGetCredentials() {
    pod.serve(access, rule(BOTH, "GRANTED", ""), SHARED);
    pod.get(path(), "X-Api-Key: key-ann", token("u1", "ann"));
    String head = pod.origin.heads.getLast().toLowerCase(java.util.Locale.ROOT);
    assertThat(head).doesNotContain("x-api-key", "authorization", "key-ann");
  }

  @Test
  void theBackendGetsCredentialsWhereItIsAskedFor() {
    String forwarding = rule(BOTH, "GRANTED", "").replace("ials':false", "ials':true");
    pod.serve(access, forwarding, SHARED);
    String path = path();
    String token = token("u1", "ann");
    pod.get(path, "X-Api-Key: key-ann", token);
    String head = pod.origin.heads.getLast().toLowerCase(java.util.Locale.ROOT);
    assertThat(head).contains("x-api-key: key-ann", "authorization: bearer ");
    // What the key changes in the answer is in no key.
    pod.says("Cache-Control: public, max-age=60");
    assertThat(pod.get(path, "X-Api-Key: key-ann").field("cache-status"))
        .endsWith("detail=unkeyed-claim");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-User: root", "x_user: root", "X-USER: root", "Connection: x-user"})
  void aClientDoesNotSayWhatItsClaimsAre(String field) {
    pod.serve(access, rule(BOTH, "ANYBODY", ",'claimHeaders':{'x-user':'sub'}"), SHARED);
    pod.get(path(), token("ann", "ann"), field);
    assertThat(io.warmgate.server.listener.RawOrigin.field(pod.origin.heads.getLast(), "x-user"))
        .isEqualTo("ann");
    pod.get(path(), field);
    assertThat(pod.origin.heads.getLast().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("x-user", "x_user", "root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann\r\nX-Admin: 1", "ann\u0000", "ann\u00e9", " ann", ""})
  void aClaimThatIsNoFieldsValueIsNotTold(String subject) {
    pod.serve(access, rule(BOTH, "ANYBODY", ",'claimHeaders':{'x-user':'sub'}"), SHARED);
    assertThat(pod.get(path(), token(subject, "ann")).status()).isEqualTo(200);
    assertThat(pod.origin.heads.getLast().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("x-user", "x-admin");
  }

  /** Who asks first would choose for all what is said of whom. */
  @Test
  void anAnswerThatAClaimMayHaveShapedIsKeptWhereTheClaimIsKeyedAlone() {
    String claims = ",'claimHeaders':{'x-user':'sub'}";
    pod.says("Cache-Control: public, max-age=60");
    String path = path();
    pod.serve(access, rule(BOTH, "ANYBODY", claims), SHARED);
    pod.get(path, token("ann", "ann"));
    Reply bobs = pod.get(path, token("bob", "bob"));
    assertThat(bobs.body()).endsWith(" of bob");
    assertThat(bobs.field("cache-status")).endsWith("detail=unkeyed-claim");
    for (String headers : new String[] {"", "'x-user'"}) {
      String kept = path();
      pod.serve(
          access,
          rule(BOTH, "ANYBODY", claims),
          headers.isEmpty() ? BY_SUB : SHARED,
          "'protocol':'HTTP'",
          headers);
      pod.get(kept, token("ann", "ann"));
      assertThat(pod.get(kept, token("bob", "bob")).body()).endsWith(" of bob");
      Reply anns = pod.get(kept, token("ann", "ann"));
      assertThat(anns.body()).endsWith(" of ann");
      assertThat(anns.isHit()).as(headers).isTrue();
    }
  }

  /** A partition by credential has what the client sent; the backend gets what was verified. */
  @Test
  void aClaimAmongTheCredentialsIsNotKeyed() {
    String partition =
        SHARED.replace("'credentialHeaders':[]", "'credentialHeaders':['x-user','x-api-key']");
    pod.serve(access, rule(BOTH, "ANYBODY", ",'claimHeaders':{'x-user':'sub'}"), partition);
    pod.says("Cache-Control: public, max-age=60");
    String path = path();
    pod.get(path, token("mallory", "bob"), "X-User: ann");
    Reply anns = pod.get(path, token("ann", "ann"), "X-User: ann");
    assertThat(anns.body()).endsWith(" of ann");
    assertThat(anns.field("cache-status")).endsWith("detail=unkeyed-claim");
  }

  /**
   * A credential that the backend does not get still has answers of its own where that is asked.
   */
  @Test
  void aPartitionByCredentialHoldsThoughTheCredentialIsStripped() {
    String partition =
        SHARED.replace("'credentialHeaders':[]", "'credentialHeaders':['x-api-key']");
    pod.serve(access, rule(KEYS, "GRANTED", ""), partition);
    String path = path();
    pod.get(path, "X-Api-Key: key-ann");
    assertThat(pod.get(path, "X-Api-Key: key-bob").isHit()).isFalse();
    assertThat(pod.get(path, "X-Api-Key: key-ann").isHit()).isTrue();
  }

  @Test
  void aPreflightNeedsNoCredentialAndA401IsReadableByScripts() {
    pod.serve(access, rule(BOTH, "GRANTED", ""), SHARED);
    Reply preflight =
        pod.ask(
            "OPTIONS",
            path(),
            "Origin: https://web.example.com",
            "Access-Control-Request-Method: GET");
    assertThat(preflight.status()).isEqualTo(204);
    Reply refused = pod.get(path(), "Origin: https://web.example.com");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.field("access-control-allow-origin")).isEqualTo("https://web.example.com");
    assertThat(pod.ask("OPTIONS", path()).status()).as("no preflight").isEqualTo(401);
  }

  @Test
  void aTokenOf64KibibytesIsRefused() {
    pod.serve(access, rule(BOTH, "GRANTED", ""), SHARED);
    long before = pod.counted("too-long");
    assertThat(pod.get(path(), "Authorization: Bearer " + "a".repeat(64 << 10)).status())
        .isEqualTo(401);
    assertThat(pod.counted("too-long")).isEqualTo(before + 1);
  }

  @Test
  void whoIsVerifiedIsNotAmongWhatIsHot() {
    pod.serve(access, rule(KEYS, "GRANTED", ""), SHARED);
    String path = path();
    for (int i = 0; i < 200; i++) {
      pod.get(path, "X-Api-Key: key-ann");
    }
    assertThat(pod.hot().toString()).doesNotContain(path, "key-ann");
  }

  @Test
  void issuersThatCannotBeAskedLetNobodyInWhoNeedsToBeKnown() {
    String nowhere =
        access.replaceAll(
            "'keys':\\{'type':'given','value':\\{[^}]*\\}\\}",
            "'keys':{'type':'fetched','url':'http://127.0.0.1:1/keys','refreshMillis':60000,"
                + "'maxStaleMillis':60000}");
    String open = rule(BOTH, "VERIFIED", "").replace("DENY", "ALLOW");
    String token = token("ann", "ann");
    pod.serve(nowhere, rule(BOTH, "VERIFIED", ""), BY_CONSUMER);
    Reply denied = pod.get(path(), token);
    assertThat(denied.status()).isEqualTo(503);
    assertThat(denied.field("retry-after")).isEqualTo("5");
    assertThat(denied.field("cache-control")).isEqualTo("no-store");
    pod.serve(nowhere, open, BY_CONSUMER);
    Reply allowed = pod.get(path(), token);
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.field("cache-status")).endsWith("detail=no-caller");
    assertThat(pod.get(path()).status()).as("nothing to verify").isEqualTo(401);
    pod.serve(nowhere, open.replace("VERIFIED", "GRANTED"), BY_CONSUMER);
    assertThat(pod.get(path(), token).status()).as("a grant is a consumer's").isEqualTo(503);
  }
}
