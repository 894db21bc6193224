package io.warmgate.ai.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Front;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.cache.Defaults;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.ai.golden.Case;
import io.warmgate.ai.golden.Sides;
import io.warmgate.ai.json.CanonicalJson;
import io.warmgate.ai.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However the same request is written, it is one key. */
class CanonicalPropertyTest {

  @Test
  void reorderedRequestsAreOneKey() {
    int read = 0;
    for (Case folder : Case.of("request", 2)) {
      Front front = Sides.front(Sides.first(folder));
      try {
        byte[] body = folder.read("in.json");
        String key = key(front, body);
        read++;
        for (long seed = 0; seed < 10; seed++) {
          byte[] other = Json.bytes(rewritten(Json.parse(body), new Random(seed)));
          assertThat(key(front, other)).as("%s, seed %d", folder, seed).isEqualTo(key);
        }
      } catch (TranslationException e) {
        assertThat(folder.has("refused.txt")).isTrue();
      }
    }
    assertThat(read).isGreaterThan(50);
  }

  private static String key(Front front, byte[] body) {
    return InferenceKey.of(front.readRequest(body), "m", Defaults.DOCUMENTED).hex();
  }

  /** Names in another order, numbers in another form. */
  private static JsonNode rewritten(JsonNode node, Random random) {
    if (node.isObject()) {
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
      Collections.shuffle(fields, random);
      ObjectNode other = Json.object();
      fields.forEach(field -> other.set(field.getKey(), rewritten(field.getValue(), random)));
      return other;
    }
    if (node.isArray()) {
      ArrayNode other = Json.array();
      node.forEach(item -> other.add(rewritten(item, random)));
      return other;
    }
    if (node.isNumber() && random.nextBoolean()) {
      BigDecimal number = node.decimalValue();
      return Json.parse(number.setScale(number.scale() + 1 + random.nextInt(3)).toPlainString());
    }
    return node;
  }

  @Test
  void whatDiffersIsNotOneText() {
    List<String> texts =
        List.of(
            "1",
            "-1",
            "10",
            "0.1",
            "1.00000000000000000001",
            "1e999999999",
            "1e999999998",
            "\"1\"",
            "null",
            "true",
            "[]",
            "{}",
            "[[]]",
            "{\"a\":[]}",
            "{\"a\":{}}",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800\\ud800\"",
            "\"?\"",
            "\"\\\\ud800\"",
            "\"\\u0000\"",
            "\"\"",
            "\"a\\\",\\\"b\"",
            "[\"a\",\"b\"]");
    assertThat(texts.stream().map(t -> CanonicalJson.text(Json.parse(t)))).doesNotHaveDuplicates();
    assertThat(
            texts.stream()
                .map(
                    t ->
                        new String(
                            CanonicalJson.bytes(Json.parse(t)),
                            java.nio.charset.StandardCharsets.UTF_8)))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsTheSameIsOneText() {
    assertThat(List.of("1", "1.0", "10e-1", "0.1E1", "1.000").stream())
        .allSatisfy(t -> assertThat(CanonicalJson.text(Json.parse(t))).isEqualTo("1"));
    assertThat(CanonicalJson.text(Json.parse("-0.00"))).isEqualTo("0");
    assertThat(CanonicalJson.text(Json.parse("{ \"b\" : 1, \"a\" : [ \"\\u00e9\" ] }")))
        .isEqualTo("{\"a\":[\"é\"],\"b\":1}");
  }
}
