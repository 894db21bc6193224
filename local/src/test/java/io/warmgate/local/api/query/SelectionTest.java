package io.warmgate.local.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.store.ResourceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  private static JsonNode json(String text) throws IOException {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=b | true",
        "a==b,c | true",
        "a!=b | false",
        "z!=b | true",
        "a in (x, b),!z | true",
        "a notin (x,y) | true",
        "!a | false",
        "z in (b) | false"
      })
  void labelsSelect(String selector, boolean expected) throws IOException {
    JsonNode object = json("{\"metadata\":{\"labels\":{\"a\":\"b\",\"c\":\"d\"}}}");
    assertThat(LabelSelector.parse(selector).matches(object)).isEqualTo(expected);
  }

  @Test
  void fieldsSelectWhereTheKindAllows() throws IOException {
    JsonNode pod = json("{\"metadata\":{\"name\":\"p\"},\"status\":{\"phase\":\"Running\"}}");
    ResourceId pods = new ResourceId("", "pods");
    assertThat(FieldSelector.parse("metadata.name=p,status.phase!=Failed", pods).matches(pod))
        .isTrue();
    assertThat(FieldSelector.parse("status.phase=Failed", pods).matches(pod)).isFalse();
    assertThatThrownBy(() -> FieldSelector.parse("spec.foo=x", pods))
        .isInstanceOf(ApiException.class)
        .hasMessage("field label not supported: spec.foo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".spec.size | [3]",
        ".conditions[?(@.type==\"Ready\")].status | [\"True\"]",
        ".conditions[*].type | [\"Ready\",\"Other\"]",
        ".conditions[-1].type | [\"Other\"]",
        ".spec['a.b'] | [1]",
        ".spec.a\\.b | [1]",
        ".none.at.all | []"
      })
  void pathsFind(String path, String expected) throws IOException {
    JsonNode object =
        json(
            "{\"spec\":{\"size\":3,\"a.b\":1},\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"},"
                + "{\"type\":\"Other\",\"status\":\"False\"}]}");
    assertThat(JsonPath.parse(path).find(object).toString().replace(" ", "")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "5,5s",
    "119,119s",
    "130,2m10s",
    "600,10m",
    "11000,3h3m",
    "100000,27h",
    "180000,2d2h",
    "900000,10d"
  })
  void agesAreShort(long seconds, String expected) {
    assertThat(Age.of(Duration.ofSeconds(seconds))).isEqualTo(expected);
  }
}
