package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {
  private static final ObjectMapper PRETTY = new ObjectMapper();
  private static final Path GOLDEN = Path.of("src/test/resources/format-1/everything.json");

  /** A change here that is not an addition of an optional field is a new format. */
  @Test
  void formatOneIsWhatItWas() throws IOException {
    String written = pretty(Json.write(Samples.everything()));
    if (Boolean.getBoolean("warmgate.update")) {
      Files.writeString(GOLDEN, written);
    }
    assertThat(written).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void whatWasWrittenInFormatOneIsRead() throws IOException {
    assertThat(Json.read(Files.readAllBytes(GOLDEN), GatewayConfig.class))
        .isEqualTo(Samples.everything());
  }

  /** As it was written before the field was added. */
  @Test
  void whatWasAddedLaterMayBeLeftOut() {
    String rule =
        """
        {"query": {"mode": "ALL", "names": []}, "headers": [],
         "maxUnverifiedMillis": 1, "onLogLoss": "SERVE"}\
        """;
    CacheRule read = Json.read(rule.getBytes(StandardCharsets.UTF_8), CacheRule.class);
    assertThat(read.tags()).isEqualTo(CacheRule.Tags.NONE);
    assertThat(read.options()).isEqualTo(CacheOptions.NONE);
    assertThat(Json.read("{}".getBytes(StandardCharsets.UTF_8), CacheOptions.class))
        .isEqualTo(CacheOptions.NONE);
  }

  @Test
  void evictionFromMemoryIsWrittenWhereItIsNotTheDefault() {
    CacheLayers before = new CacheLayers(1, null);
    byte[] written = Json.write(before);
    assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContain("viction");
    assertThat(Json.read(written, CacheLayers.class)).isEqualTo(before);
    CacheLayers saying = new CacheLayers(1, null, LocalEviction.TTL);
    assertThat(Json.read(Json.write(saying), CacheLayers.class)).isEqualTo(saying);
  }

  @Test
  void sharesOfPartitionsAreWrittenWhereTheyAreNotTheDefault() {
    CacheLayers before = new CacheLayers(1, null);
    byte[] written = Json.write(before);
    assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContain("hares");
    assertThat(Json.read(written, CacheLayers.class).partitionShares())
        .isEqualTo(PartitionShares.DEFAULT);
    CacheLayers saying =
        new CacheLayers(
            1,
            null,
            LocalEviction.TTL,
            new PartitionShares(CacheShare.ofPercent(7), CacheShare.ofBytes(12)));
    assertThat(Json.read(Json.write(saying), CacheLayers.class)).isEqualTo(saying);
    assertThatThrownBy(() -> new CacheShare(1, 1L)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> CacheShare.ofPercent(101)).isInstanceOf(ConfigException.class);
    assertThat(CacheShare.ofPercent(33).of(1_000)).isEqualTo(330);
    assertThat(CacheShare.ofPercent(99).of(Long.MAX_VALUE)).isPositive();
  }

  /** A runtime of before goes on reading what a policy of before says. */
  @Test
  void whatSaysNothingIsNotWritten() {
    CacheRule rule =
        new CacheRule(
            null,
            null,
            null,
            null,
            new CacheRule.QueryKey(CacheRule.QueryKey.Mode.ALL, List.of()),
            List.of(),
            CacheRule.Tags.NONE,
            1,
            CacheRule.OnLogLoss.SERVE);
    assertThat(new String(Json.write(rule), StandardCharsets.UTF_8)).doesNotContain("options");
    CacheRule saying =
        rule.with(
            new CacheOptions(
                new Lifetimes(Lifetimes.Mode.OVERRIDE, List.of(), null), KeyParts.NONE));
    assertThat(Json.read(Json.write(saying), CacheRule.class)).isEqualTo(saying);
  }

  @ParameterizedTest(name = "{1} → {2}: refused")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "port" : 80,            | "port" : 0,               | listeners[0].port        | is 0, not 1 to 65535
          "port" : 80,            | "port" : "80",            | listeners[0].port        | cannot be read
          "port" : 80,            | "port" : 80.5,            | listeners[0].port        | cannot be read
          "port" : 80,            |                           | listeners[0].port        | cannot be read
          "port" : 80,            | "port" : 80, "prot" : 1,  | listeners[0].prot        | is unknown; known are
          "name" : "https"        | "name" : "http"           | listeners                | has two of name 'http'
          "protocol" : "HTTPS",   | "protocol" : "HTTP",      | listeners[1].tls         | goes with HTTPS
          "protocol" : "HTTPS",   | "protocol" : "QUIC",      | listeners[1].protocol    | cannot be read
          "type" : "CORS",        | "type" : "Cors",          | routes[0].rules[0].filters[3] | cannot be read
          "statusCode" : 301      | "statusCode" : 200        | routes[0].rules[1].filters[0].statusCode | is no redirect
          "backend" : "shop/catalog:8080" | "backend" : "x"   | routes[shop/catalog].rules[products].backends | names backend 'x', which does not exist
          "weight" : 9            | "weight" : -1             | routes[0].rules[0].backends[0].weight | is -1
          "method" : "GET"        | "method" : 7              | routes[0].rules[0].matches[0].method | cannot be read
          "localEviction" : "LRU" | "localEviction" : "ARC"   | cache.localEviction      | cannot be read
          "accessLog" : true      | "accessLog" : "true"      | telemetry.accessLog      | cannot be read
          "samplingPercent" : 1.5 | "samplingPercent" : 101   | telemetry.tracing.samplingPercent | is not 0 to 100
          "queueSize" : 50,       | "queueSize" : 50, "q" : 1, | backends[0].limits.q  | is unknown
          """)
  void aWrongFieldIsNamed(String right, String wrong, String path, String problem)
      throws IOException {
    String json = Files.readString(GOLDEN);
    assertThat(json).contains(right);
    byte[] broken =
        json.replaceFirst(java.util.regex.Pattern.quote(right), wrong == null ? "" : wrong)
            .getBytes(StandardCharsets.UTF_8);

    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> Json.read(broken, GatewayConfig.class));

    assertThat(refused).isNotNull();
    assertThat(refused.path()).isEqualTo(path);
    assertThat(refused.problem()).contains(problem);
  }

  @Test
  void whatFollowsTheDocumentIsRefused() {
    byte[] twice =
        (new String(Json.write(Samples.everything()), StandardCharsets.UTF_8) + "{}")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(
            catchThrowableOfType(
                ConfigException.class, () -> Json.read(twice, GatewayConfig.class)))
        .isNotNull();
  }

  @Test
  void aFieldTwiceIsRefused() {
    byte[] twice = "{\"number\":1,\"number\":2}".getBytes(StandardCharsets.UTF_8);
    assertThat(catchThrowableOfType(ConfigException.class, () -> Revision.parse(twice)))
        .hasMessageContaining("Duplicate field 'number'");
  }

  private static String pretty(byte[] json) throws IOException {
    return PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(PRETTY.readTree(json)) + "\n";
  }
}
