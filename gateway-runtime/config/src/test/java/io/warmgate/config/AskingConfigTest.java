package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom pods ask of callers. A runtime from before these fields refuses a revision with them. */
class AskingConfigTest {
  private static final String ISSUER =
      """
      {"name":"idp","audiences":[],"algorithms":[],"clockSkewMillis":0,"introspection":\
      {"url":"https://idp/introspect","clientId":"shop","clientSecret":{"name":"a/b/c",\
      "fingerprint":"%s"},"timeoutMillis":2000,"maxCachedMillis":60000}}\
      """
          .formatted("0".repeat(64));

  private static final String RULE =
      """
      {"certificates":false,"callers":"ANYBODY","onUnavailable":"DENY",\
      "forwardCredentials":false,"maxCachedMillis":0,"external":{"url":"http://roles:8080/",\
      "sendHeaders":["cookie"],"timeoutMillis":500,"maxCachedMillis":0,"takeHeaders":["x-role"]}}\
      """;

  private static <T> T read(String json, Class<T> type) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(new String(Json.write(read(ISSUER, Issuer.class)), StandardCharsets.UTF_8))
        .isEqualTo(ISSUER);
    assertThat(new String(Json.write(read(RULE, AccessRule.class)), StandardCharsets.UTF_8))
        .isEqualTo(RULE);
  }

  /** So that a runtime from before goes on with whatever does not need it. */
  @Test
  void nothingIsWrittenOfIt() {
    Issuer issuer =
        new Issuer(
            "a",
            "a",
            List.of("b"),
            List.of("RS256"),
            new Issuer.Keys.Fetched("http://a", 1000, 1000, null),
            0);
    AccessRule rule =
        new AccessRule(
            List.of("x-api-key"),
            List.of(),
            false,
            AccessRule.Callers.GRANTED,
            Map.of(),
            AccessRule.OnUnavailable.DENY,
            false,
            0);
    assertThat(new String(Json.write(issuer), StandardCharsets.UTF_8))
        .doesNotContain("introspection");
    assertThat(new String(Json.write(rule), StandardCharsets.UTF_8)).doesNotContain("external");
    assertThat(read(new String(Json.write(issuer), StandardCharsets.UTF_8), Issuer.class))
        .isEqualTo(issuer);
    assertThat(read(new String(Json.write(rule), StandardCharsets.UTF_8), AccessRule.class))
        .isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"algorithms\":[]       | \"algorithms\":[\"RS256\"] | algorithms                  | is"
            + " there beside introspection",
        "\"audiences\":[]        |"
            + " \"audiences\":[],\"keys\":{\"type\":\"fetched\",\"url\":\"http://a\",\"refreshMillis\":1000,\"maxStaleMillis\":1000}"
            + " | keys | is there beside introspection",
        "\"audiences\":[]        | \"audiences\":[],\"issuer\":\" \" | issuer                | is"
            + " empty",
        "https://idp/introspect  | ftp://idp/                 | introspection.url           | is no"
            + " http or https URL",
        "\"clientId\":\"shop\"   | \"clientId\":\"\"          | introspection.clientId      | is"
            + " empty",
        "\"clientId\":\"shop\",  | `` | introspection.clientId      | is missing",
        "Millis\":2000           | Millis\":99                | introspection.timeoutMillis | is"
            + " 99",
        "Millis\":60000          | Millis\":86400001          | introspection.maxCachedMillis | is"
            + " 86400001",
      })
  void aWrongIssuerIsRefused(String right, String wrong, String path, String problem) {
    assertThat(ISSUER).contains(right);
    refuses(ISSUER.replace(right, wrong), Issuer.class, path, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ANYBODY              | VERIFIED             | keyHeaders               | is empty, and"
            + " nothing else is accepted",
        "http://roles:8080/   | roles:8080           | external.url             | is no http or"
            + " https URL",
        "[\"cookie\"]         | [\"Cookie\"]         | external.sendHeaders     | has 'Cookie',"
            + " which is no field's name",
        "[\"x-role\"]         | [\"x role\"]         | external.takeHeaders     | has 'x role',"
            + " which is no field's name",
        "[\"x-role\"]         | [\"a\",\"a\"]        | external.takeHeaders     | has two of name"
            + " 'a'",
        "Millis\":500         | Millis\":10001       | external.timeoutMillis   | is 10001",
      })
  void aWrongRuleIsRefused(String right, String wrong, String path, String problem) {
    assertThat(RULE).contains(right);
    refuses(RULE.replace(right, wrong), AccessRule.class, path, problem);
  }

  /** As a runtime reads it that does not know the field: it serves no rule without it. */
  @Test
  void whatIsNotKnownIsNotLeftOut() {
    String knownOtherwise =
        RULE.replace("{\"certificates\"", "{\"keyHeaders\":[\"x-api-key\"],\"certificates\"");
    assertThat(read(knownOtherwise, AccessRule.class).external()).isNotNull();
    refuses(
        knownOtherwise.replace("\"external\"", "\"later\""),
        AccessRule.class,
        "later",
        "is unknown");
    refuses(ISSUER.replace("\"introspection\"", "\"later\""), Issuer.class, "keys", "is missing");
  }

  private static void refuses(String json, Class<?> type, String path, String problem) {
    assertThatThrownBy(() -> read(json, type))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(path)
        .hasMessageContaining(problem);
  }
}
