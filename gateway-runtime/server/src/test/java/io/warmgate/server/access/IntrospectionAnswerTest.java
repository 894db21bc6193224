package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.config.Consumer;
import io.warmgate.config.Introspection;
import io.warmgate.config.Issuer;
import io.warmgate.config.ValueRef;
import io.warmgate.server.access.Outcome.Pass;
import io.warmgate.server.access.Outcome.Refused;
import io.warmgate.server.access.Outcome.Verified;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an issuer's answer says of a token. */
class IntrospectionAnswerTest {
  /** In milliseconds; 1,000 seconds. */
  private static final long NOW = 1_000_000;

  private static final Digest DIGEST = Digest.of("token");
  private static final String ISSUER = "https://idp.example.com/";

  private static Issuer issuer(@Nullable String iss, List<String> audiences, long cacheMillis) {
    return new Issuer(
        "idp",
        iss,
        audiences,
        List.of(),
        null,
        5_000,
        new Introspection(
            "http://idp/", "shop", new ValueRef("a", "0".repeat(64)), 1_000, cacheMillis, null));
  }

  private static Outcome read(Issuer issuer, String json) throws ParseException {
    return new IntrospectionAnswer(issuer, new Consumers(List.of(acme())))
        .read(json.replace('\'', '"').getBytes(UTF_8), DIGEST, "https://said/", NOW);
  }

  private static Consumer acme() {
    return new Consumer(
        "t/acme",
        List.of(),
        List.of(new Consumer.Token("idp", Map.of("client_id", "acme"))),
        List.of(),
        List.of(),
        List.of());
  }

  private static Pass pass(Issuer issuer, String json) throws ParseException {
    return ((Verified) read(issuer, json)).passes().getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{'active':false}'                                                  | inactive",
        "'{'active':false,'iss':'https://other/','exp':2000,'scope':5}'      | inactive",
        "'{'active':true}'                                                   | audience",
        "'{'active':true,'aud':'other'}'                                     | audience",
        "'{'active':true,'aud':['a','b']}'                                   | audience",
        "'{'active':true,'aud':'shop'}'                                      | -",
        "'{'active':true,'aud':['a','shop']}'                                | -",
        "'{'active':true,'aud':'shop','iss':'https://idp.example.com/'}'     | -",
        "'{'active':true,'aud':'shop','iss':'https://idp.example.com'}'      | issuer",
        "'{'active':true,'aud':'shop','exp':1001}'                           | -",
        "'{'active':true,'aud':'shop','exp':996}'                            | -",
        "'{'active':true,'aud':'shop','exp':995}'                            | token-expired",
        "'{'active':true,'aud':'shop','nbf':1005}'                           | -",
        "'{'active':true,'aud':'shop','nbf':1006}'                           | not-yet",
      },
      quoteCharacter = '`')
  void eachAnswerLetsInOrSaysWhyNot(String json, String expected) throws ParseException {
    Outcome outcome =
        read(issuer(ISSUER, List.of("shop", "else"), 60_000), json.substring(1, json.length() - 1));
    assertThat(outcome instanceof Refused no ? no.why().label() : "-").isEqualTo(expected);
    assertThat(outcome.iss()).as("what the token says itself").isEqualTo("https://said/");
  }

  @Test
  void whatIsNotWrittenIsNotLookedAt() throws ParseException {
    Issuer open = issuer(null, List.of(), 60_000);
    assertThat(read(open, "{'active':true,'iss':'https://any/','aud':'any'}"))
        .isInstanceOf(Verified.class);
    assertThat(read(open, "{'active':true}")).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "true",
        "<html>sign in</html>",
        "{'active':'true'}",
        "{'active':1}",
        "{'active':null}",
        "{'active':true,'exp':'tomorrow'}",
        "{'active':true,'sub':{'a':1}}",
        "{'active':true",
      })
  void whatIsNoAnswerLetsNobodyIn(String text) {
    assertThatThrownBy(() -> read(issuer(null, List.of(), 60_000), text))
        .isInstanceOf(ParseException.class);
  }

  @Test
  void whatItSaysIsTheTokensClaims() throws ParseException {
    Pass pass =
        pass(
            issuer(null, List.of(), 60_000),
            "{'active':true,'sub':'ann','client_id':'acme','scope':'read write','username':'a',"
                + "'exp':5000,'tier':7,'staff':true,'groups':['x']}");
    Identity shown = pass.shown().getFirst();
    assertThat(shown.consumer()).isEqualTo("t/acme");
    assertThat(shown.caller().subject()).isEqualTo("idp ann");
    assertThat(shown.caller().claims())
        .isEqualTo(
            Map.of(
                "sub",
                "ann",
                "client_id",
                "acme",
                "scope",
                "read write",
                "username",
                "a",
                "exp",
                "5000",
                "tier",
                "7",
                "staff",
                "true"));
    assertThat(pass(issuer(null, List.of(), 1), "{'active':true}").shown().getFirst().caller())
        .satisfies(
            caller -> assertThat(caller.subject()).isEqualTo("idp " + DIGEST),
            caller -> assertThat(caller.consumer()).isNull());
  }

  /** Claims of issuers that say nothing of themselves are not one another's. */
  @Test
  void whoseWordItIsIsWhatIsWrittenAndNeverWhatIsSaid() throws ParseException {
    String says = "{'active':true,'iss':'https://idp.example.com/'}";
    assertThat(pass(issuer(ISSUER, List.of(), 1), says).shown().getFirst().caller().authority())
        .isEqualTo(ISSUER);
    assertThat(
            pass(issuer(ISSUER, List.of(), 1), "{'active':true}")
                .shown()
                .getFirst()
                .caller()
                .authority())
        .isEqualTo(ISSUER);
    assertThat(pass(issuer(null, List.of(), 1), says).shown().getFirst().caller().authority())
        .isEqualTo(" idp");
  }

  @ParameterizedTest
  @CsvSource({"60000, 0, 1060000", "60000, 1030, 1035000", "1000, 1030, 1001000", "0, 0, 1000000"})
  void itIsRememberedForTheShorterTime(long cacheMillis, long exp, long end) throws ParseException {
    String json = exp == 0 ? "{'active':true}" : "{'active':true,'exp':" + exp + "}";
    Pass pass = pass(issuer(null, List.of(), cacheMillis), json);
    assertThat(pass.endMillis()).isEqualTo(end);
    assertThat(pass.counts(end - 1)).isTrue();
    assertThat(pass.counts(end)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"60000, 1010000", "3000, 1003000", "0, 1000000"})
  void aNoIsRememberedForTenSecondsAtMost(long cacheMillis, long until) throws ParseException {
    Outcome no = read(issuer(null, List.of(), cacheMillis), "{'active':false}");
    assertThat(((Refused) no).untilMillis()).isEqualTo(until);
  }

  @Test
  void whoAsksIsNeverPrinted() {
    ClientCredentials as = new ClientCredentials("shop & co", " s3cr:t+\n".getBytes(UTF_8));
    assertThat(as.toString()).doesNotContain("s3cr", "shop");
    // RFC 6749 §2.3.1: both are encoded before they are joined.
    assertThat(as.authorization())
        .isEqualTo(
            "Basic "
                + java.util.Base64.getEncoder()
                    .encodeToString("shop+%26+co:s3cr%3At%2B".getBytes(UTF_8)));
  }
}
