package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.warmgate.config.AccessRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentedTest {
  private static final List<String> FIELDS = List.of("x-api-key", "x-other-key");

  private static Presented of(String... fields) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (String field : fields) {
      int colon = field.indexOf(':');
      headers.add(field.substring(0, colon), field.substring(colon + 1).trim());
    }
    return Presented.of(headers, FIELDS, true, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Authorization: Bearer abc.def-_~+/==    | abc.def-_~+/== | -",
        "Authorization: bearer abc               | abc            | -",
        "Authorization: BEARER   abc             | abc            | -",
        "Authorization: Bearer                   | -              | MALFORMED",
        "Authorization: Bearerabc                | -              | MALFORMED",
        "Authorization: Basic YTpi               | -              | MALFORMED",
        "X-Api-Key:                              | -              | MALFORMED",
        "Cookie: a=b                             | -              | -",
      })
  void aBearerTokenIsWhatRfc6750Says(
      String field, @Nullable String bearer, @Nullable Refusal fault) {
    Presented read = of(field);
    assertThat(read.bearer()).isEqualTo(bearer);
    assertThat(read.fault()).isEqualTo(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "abc.def-_~+/==, true",
    "a b, false",
    "'a, Bearer b', false",
    "=abc, false",
    "ab=c, false",
    "a\u0000b, false"
  })
  void aTokenIsWhatRfc9110Says(String text, boolean isOne) {
    assertThat(Presented.isToken68(text)).isEqualTo(isOne);
  }

  @Test
  void aFieldThatIsThereTwiceIsNoCredential() {
    assertThat(of("X-Api-Key: a", "X-Api-Key: a").fault()).isEqualTo(Refusal.MALFORMED);
    assertThat(of("Authorization: Bearer a", "Authorization: Bearer a").fault())
        .isEqualTo(Refusal.MALFORMED);
    assertThat(of("X-Api-Key: a", "X-Other-Key: b").keys()).containsExactly("a", "b");
  }

  @Test
  void whatIsLongerThanSixteenKibibytesIsNotLookedAt() {
    String most = "a".repeat(Presented.MAX_LENGTH);
    assertThat(of("Authorization: Bearer " + most).bearer()).isEqualTo(most);
    assertThat(of("Authorization: Bearer " + most + "a").fault()).isEqualTo(Refusal.TOO_LONG);
    assertThat(of("X-Api-Key: " + most + "a").fault()).isEqualTo(Refusal.TOO_LONG);
  }

  @Test
  void aFieldThatTheRuleDoesNotTakeIsNotLookedAt() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap().add("authorization", "Basic YTpi").add("x-key", "a");
    assertThat(Presented.of(headers, List.of(), false, null)).isSameAs(Presented.NONE);
  }

  @Test
  void aCredentialIsNotPrinted() {
    assertThat(of("X-Api-Key: s3cret", "Authorization: Bearer s3cret").toString())
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-             | idp | NO_CREDENTIAL | Bearer",
        "-             | idp | SIGNATURE     | Bearer error=\"invalid_token\"",
        "authorization | -   | UNKNOWN_KEY   | Bearer error=\"invalid_token\"",
        "x-api-key     | -   | UNKNOWN_KEY   | ApiKey header=\"x-api-key\"",
        "x-api-key     | idp | NO_CREDENTIAL | Bearer, ApiKey header=\"x-api-key\"",
        "-             | -   | NO_CREDENTIAL | ClientCertificate",
      })
  void a401SaysWhatIsTaken(
      @Nullable String field, @Nullable String issuer, Refusal why, String challenge) {
    AccessRule rule =
        new AccessRule(
            field == null ? List.of() : List.of(field),
            issuer == null ? List.of() : List.of(issuer),
            true,
            AccessRule.Callers.CONSUMERS,
            Map.of(),
            AccessRule.OnUnavailable.DENY,
            false,
            0);
    assertThat(Gate.of(rule, List.of()).challenge(why)).isEqualTo(challenge);
  }
}
