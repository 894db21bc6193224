package io.warmgate.config.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.config.ConfigException;
import io.warmgate.config.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurgeRequestTest {
  private static final String KEY =
      "224ea0c4f24f766bdcc327b714ed55140994b4e328124ef15ef98ecf7382f4ed";

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }

  private static PurgeRequest read(String json) {
    return Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), PurgeRequest.class);
  }

  @Test
  void isWrittenWithoutKeysWhereItHasNone() {
    PurgeRequest tags = PurgeRequest.tags(List.of("a"), List.of());
    assertThat(new String(Json.write(tags), StandardCharsets.UTF_8)).doesNotContain("keys");
    PurgeRequest keys = PurgeRequest.keys(List.of(KEY));
    assertThat(Json.read(Json.write(keys), PurgeRequest.class)).isEqualTo(keys);
  }

  /** As {@code bench/http} sends it. */
  @Test
  void whatIsLeftOutSelectsNothing() {
    String json = "{\"id\": \"a\", \"request\": {\"paths\": [\"/purged/1\"]}}";
    PurgeOrder order = Json.read(json.getBytes(StandardCharsets.UTF_8), PurgeOrder.class);
    assertThat(order.request()).isEqualTo(PurgeRequest.paths(List.of("/purged/1"), List.of()));
    assertThat(order.logged()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'keys': ['" + KEY + "'], 'hosts': ['a']} | hosts",
        "{'keys': ['" + KEY + "'], 'all': true} | ^^",
        "{'keys': ['" + KEY + "', 'a']} | keys[1]",
        "{'keys': []} | ^^"
      })
  void whatIsWrongIsNamed(String json, String field) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            ConfigException.class, wrong -> assertThat(wrong.path()).isEqualTo(field));
  }

  @Test
  void whatNamesTooManyIsRefused() {
    assertThat(PurgeRequest.tags(names(1_000), names(100)).tags()).hasSize(1_000);
    assertThatThrownBy(() -> PurgeRequest.tags(names(1_001), names(100)))
        .hasMessageContaining("more than 100000");
    assertThatThrownBy(
            () ->
                new PurgeRequest(
                    List.of(), List.of(), "/a", names(100_001), false, PurgeRequest.Mode.HARD))
        .isInstanceOf(ConfigException.class);
  }
}
