package io.warmgate.local.api.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.local.api.object.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FieldSetTest {
  private static final String SPEC =
      "{\"f:spec\":{\"f:size\":{},\"f:listeners\":{\"k:{\\\"name\\\":\\\"x\\\"}\":{\".\":{},\"f:port\":{}}},"
          + "\"f:tags\":{\"v:\\\"q\\\"\":{}}}}";

  private static FieldSet set(String text) throws IOException {
    return FieldSet.decode(Json.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void survivesItsEncoding() throws IOException {
    JsonNode encoded = set(SPEC).encode();
    assertThat(encoded).isEqualTo(Json.parse(SPEC.getBytes(StandardCharsets.UTF_8)));
    assertThat(set(SPEC).paths())
        .containsExactly(
            ".spec.listeners[name=\"x\"]",
            ".spec.listeners[name=\"x\"].port",
            ".spec.size",
            ".spec.tags[=\"q\"]");
  }

  @Test
  void isASet() throws IOException {
    FieldSet whole = set(SPEC);
    FieldSet size = set("{\"f:spec\":{\"f:size\":{}}}");
    assertThat(whole.minus(size).union(size)).isEqualTo(whole);
    assertThat(whole.intersection(size)).isEqualTo(size);
    assertThat(size.minus(whole).isEmpty()).isTrue();
    assertThat(whole.minus(whole).isEmpty()).isTrue();
  }
}
