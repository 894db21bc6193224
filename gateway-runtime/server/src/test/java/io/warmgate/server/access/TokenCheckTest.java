package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.warmgate.config.Consumer;
import io.warmgate.config.Issuer;
import io.warmgate.config.ValueRef;
import io.warmgate.server.access.Outcome.Refused;
import io.warmgate.server.access.Outcome.Verified;
import io.warmgate.server.access.TokenCheck.Trusted;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens verify; everything else is refused, and why. */
class TokenCheckTest {
  private static final Signing RSA = Signing.of("RS256", "r1");
  private static final Signing OTHER = Signing.of("RS256", "r1");
  private static final List<String> ALGORITHMS = List.of("RS256", "ES256", "ES384", "EdDSA");

  private static long now() {
    return Instant.now().toEpochMilli();
  }

  private static Issuer issuer(String name, String audience, long skewMillis) {
    return new Issuer(
        name,
        Signing.ISSUER,
        List.of(audience, "another"),
        ALGORITHMS,
        new Issuer.Keys.Given(new ValueRef("shop/idp/keys", "0".repeat(64))),
        skewMillis);
  }

  private static TokenCheck check(Signing... published) {
    return check(issuer("idp", Signing.AUDIENCE, 30_000), List.of(), published);
  }

  private static TokenCheck check(Issuer issuer, List<Consumer> consumers, Signing... published) {
    try {
      KeySet keys = KeySet.parse(Signing.published(published));
      return new TokenCheck(
          List.of(new Trusted(issuer, new IssuerKeys.Given(keys))), new Consumers(consumers));
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static Outcome outcome(TokenCheck check, String token) {
    TokenCheck.Result result = check.check(token, Digest.of(token), now(), false);
    assertThat(result).isInstanceOf(TokenCheck.Result.Done.class);
    return ((TokenCheck.Result.Done) result).outcome();
  }

  private static Refusal refusal(TokenCheck check, String token) {
    return ((Refused) outcome(check, token)).why();
  }

  private static Refusal refusal(UnaryOperator<JWTClaimsSet.Builder> change) {
    return refusal(check(RSA), RSA.token("ann", change));
  }

  private static Date in(long seconds) {
    return Date.from(Instant.ofEpochMilli(now()).plusSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "ES384", "EdDSA"})
  void aGoodTokenVerifies(String algorithm) {
    Signing signing = Signing.of(algorithm, "k");
    String token = signing.token("ann", claims -> claims.claim("plan", "gold").claim("n", 7));
    Verified verified = (Verified) outcome(check(RSA, signing), token);
    Identity shown = verified.passes().getFirst().shown().getFirst();
    assertThat(shown.caller().subject()).isEqualTo("idp ann");
    assertThat(shown.caller().claims())
        .containsAllEntriesOf(
            Map.of("sub", "ann", "plan", "gold", "n", "7", "iss", Signing.ISSUER));
    String cut = token.substring(0, token.length() - 6) + "AAAAAA";
    assertThat(refusal(check(RSA, signing), cut)).isEqualTo(Refusal.SIGNATURE);
  }

  @Test
  void aTokenWithoutSignatureIsNone() {
    String none = new PlainJWT(Signing.claims("ann", UnaryOperator.identity())).serialize();
    assertThat(refusal(check(RSA), none)).isEqualTo(Refusal.ALGORITHM);
    String[] parts = RSA.token("ann").split("\\.", -1);
    for (String header : List.of("none", "None", "NONE", "nOnE")) {
      String disguised =
          Base64URL.encode("{\"alg\":\"" + header + "\"}") + "." + parts[1] + "." + parts[2];
      assertThat(outcome(check(RSA), disguised)).as(header).isInstanceOf(Refused.class);
    }
    assertThat(outcome(check(RSA), parts[0] + "." + parts[1] + ".")).isInstanceOf(Refused.class);
  }

  /** The public key is no secret: whoever has it would sign for the issuer. */
  @Test
  void aPublicKeyIsNoSharedSecret() throws JOSEException {
    byte[] pem = ((RSAKey) RSA.key).toPublicKey().getEncoded();
    for (byte[] secret : List.of(pem, Signing.published(RSA))) {
      SignedJWT forged =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r1").build(),
              Signing.claims("ann", UnaryOperator.identity()));
      forged.sign(new MACSigner(secret));
      assertThat(refusal(check(RSA), forged.serialize())).isEqualTo(Refusal.ALGORITHM);
    }
  }

  @Test
  void anAlgorithmThatTheIssuerDoesNotUseIsRefused() {
    String token =
        RSA.token(
            new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("r1").build(),
            Signing.claims("ann", UnaryOperator.identity()));
    assertThat(refusal(check(RSA), token)).isEqualTo(Refusal.ALGORITHM);
  }

  /** RFC 8725 §3.10: keys come from the issuer, never from the token. */
  @Test
  void aKeyThatTheTokenBringsIsNotUsed() {
    JWSHeader own =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("r1")
            .jwk(OTHER.key.toPublicJWK())
            .jwkURL(java.net.URI.create("https://evil.example.com/keys"))
            .build();
    JWTClaimsSet claims = Signing.claims("ann", UnaryOperator.identity());
    assertThat(refusal(check(RSA), OTHER.token(own, claims))).isEqualTo(Refusal.SIGNATURE);
  }

  /** RFC 7515 §4.1.11: what the token says must be understood and is not. */
  @Test
  void aCriticalHeaderThatIsNotKnownIsRefused() {
    JWSHeader critical =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("r1")
            .criticalParams(Set.of("exotic"))
            .customParam("exotic", 1)
            .build();
    JWTClaimsSet claims = Signing.claims("ann", UnaryOperator.identity());
    assertThat(refusal(check(RSA), RSA.token(critical, claims))).isEqualTo(Refusal.SIGNATURE);
  }

  @Test
  void anotherIssuersOrAnotherAudiencesIsRefused() {
    assertThat(refusal(claims -> claims.issuer("https://evil.example.com/")))
        .isEqualTo(Refusal.ISSUER);
    assertThat(refusal(claims -> claims.issuer("https://idp.example.com")))
        .as("a slash less")
        .isEqualTo(Refusal.ISSUER);
    assertThat(refusal(claims -> claims.issuer(null))).isEqualTo(Refusal.ISSUER);
    assertThat(refusal(claims -> claims.audience("https://other.example.com")))
        .isEqualTo(Refusal.AUDIENCE);
    assertThat(refusal(claims -> claims.audience((String) null))).isEqualTo(Refusal.AUDIENCE);
    assertThat(
            outcome(
                check(RSA), RSA.token("ann", claims -> claims.audience(List.of("x", "another")))))
        .isInstanceOf(Verified.class);
  }

  @Test
  void aTokenHasItsTimeStretchedByTheSkew() {
    assertThat(refusal(claims -> claims.expirationTime(in(-31)))).isEqualTo(Refusal.TOKEN_EXPIRED);
    assertThat(refusal(claims -> claims.expirationTime(null))).isEqualTo(Refusal.TOKEN_EXPIRED);
    assertThat(refusal(claims -> claims.notBeforeTime(in(32)))).isEqualTo(Refusal.NOT_YET);
    for (UnaryOperator<JWTClaimsSet.Builder> within :
        List.<UnaryOperator<JWTClaimsSet.Builder>>of(
            claims -> claims.expirationTime(in(-28)), claims -> claims.notBeforeTime(in(28)))) {
      assertThat(outcome(check(RSA), RSA.token("ann", within))).isInstanceOf(Verified.class);
    }
    Verified soon =
        (Verified) outcome(check(RSA), RSA.token("ann", claims -> claims.expirationTime(in(10))));
    assertThat(soon.counts(now() + 38_000)).isTrue();
    assertThat(soon.counts(now() + 41_000)).isFalse();
  }

  @Test
  void aKeyThatTheIssuerDoesNotHaveIsUnknown() {
    assertThat(refusal(check(RSA), Signing.of("RS256", "r2").token("ann")))
        .isEqualTo(Refusal.UNKNOWN_SIGNER);
    assertThat(refusal(check(RSA), Signing.of("ES256", "r1").token("ann")))
        .as("the id of a key of another kind")
        .isEqualTo(Refusal.UNKNOWN_SIGNER);
    assertThat(refusal(check(RSA), OTHER.token("ann"))).isEqualTo(Refusal.SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "a.b.c",
        "..",
        "eyJhbGciOiJSUzI1NiJ9.e30.AA",
        "eyJhbGciOiJSUzI1NiJ9.bm8ganNvbg.AA",
        "eyJhbGciOiJSUzI1NiJ9.W10.AA",
        "eyJhbGciOiJSUzI1NiJ9.e30.AA.BB.CC",
      })
  void whatIsNoTokenIsRefused(String text) {
    assertThat(outcome(check(RSA), text)).isInstanceOf(Refused.class);
  }

  @Test
  void nestingWithoutEndIsNoToken() {
    String header = Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"r1\"}").toString();
    String deep = Base64URL.encode("{\"a\":" + "[".repeat(11_000) + "}").toString();
    assertThat(refusal(check(RSA), header + "." + deep + ".AA")).isEqualTo(Refusal.NO_TOKEN);
  }

  @Test
  void keysThatVerifyNoSignatureAreNotTaken() {
    for (String keys :
        List.of(
            "{}",
            "{\"keys\":[]}",
            "no json",
            "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\",\"kid\":\"r1\"}]}")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> KeySet.parse(keys.getBytes(StandardCharsets.UTF_8)))
          .as(keys)
          .isInstanceOf(ParseException.class);
    }
  }

  @Test
  void aTokenIsTheConsumersWhoseClaimsItFits() {
    Consumer gold = consumer("t/gold", Map.of("plan", "gold", "org", "t"));
    Consumer any = consumer("t/any", Map.of("org", "t"));
    TokenCheck check = check(issuer("idp", Signing.AUDIENCE, 0), List.of(gold, any), RSA);
    assertThat(consumers(check, claims -> claims.claim("org", "t"))).containsExactly("t/any");
    assertThat(consumers(check, claims -> claims.claim("org", "u").claim("plan", "gold")))
        .containsExactly("none");
    assertThat(consumers(check, claims -> claims.claim("org", "t").claim("plan", "gold")))
        .as("both: which of them it is nobody knows")
        .containsExactly("t/any", "t/gold");
  }

  private static Consumer consumer(String id, Map<String, String> claims) {
    return new Consumer(
        id, List.of(), List.of(new Consumer.Token("idp", claims)), List.of(), List.of(), List.of());
  }

  private static List<String> consumers(
      TokenCheck check, UnaryOperator<JWTClaimsSet.Builder> change) {
    Verified verified = (Verified) outcome(check, RSA.token("ann", change));
    return verified.passes().getFirst().shown().stream()
        .map(shown -> shown.consumer() == null ? "none" : shown.consumer())
        .map(String::valueOf)
        .toList();
  }
}
