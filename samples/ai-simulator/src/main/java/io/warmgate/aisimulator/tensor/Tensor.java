package io.warmgate.aisimulator.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.Flag;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.MapOf;
import io.warmgate.aisimulator.shape.Numeric;
import io.warmgate.aisimulator.shape.Shape;
import io.warmgate.aisimulator.shape.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A tensor of the Open Inference Protocol: as many elements as its shape says, all of its type. */
final class Tensor {
  private static final double FLOAT = Double.MAX_VALUE;
  private static final Map<String, Shape> ELEMENTS =
      Map.ofEntries(
          Map.entry("BOOL", new Flag()),
          Map.entry("UINT8", Numeric.integer(0, 255)),
          Map.entry("UINT16", Numeric.integer(0, 65_535)),
          Map.entry("UINT32", Numeric.integer(0, 4_294_967_295L)),
          Map.entry("UINT64", Numeric.integer(0, Long.MAX_VALUE)),
          Map.entry("INT8", Numeric.integer(-128, 127)),
          Map.entry("INT16", Numeric.integer(-32_768, 32_767)),
          Map.entry("INT32", Numeric.integer(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry("INT64", Numeric.integer(Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry("FP16", Numeric.decimal(-65_504, 65_504)),
          Map.entry("FP32", Numeric.decimal(-Float.MAX_VALUE, Float.MAX_VALUE)),
          Map.entry("FP64", Numeric.decimal(-FLOAT, FLOAT)),
          Map.entry("BYTES", Text.any()));
  static final Shape PARAMETERS = new MapOf(new Shape.Anything());
  static final Shape SHAPE =
      Fields.none()
          .need("name", Text.any())
          .need("shape", ListOf.some(Numeric.integer(1, Integer.MAX_VALUE)))
          .need("datatype", Text.oneOf(ELEMENTS.keySet().stream().sorted().toArray(String[]::new)))
          .may("parameters", PARAMETERS)
          .need("data", ListOf.some(new Shape.Anything()));

  private Tensor() {}

  /** The content of a tensor whose shape is right. */
  static byte[] content(JsonNode tensor, FieldPath at) throws Fault {
    var elements = new ArrayList<JsonNode>();
    flatten(tensor.path("data"), elements);
    Shape element = ELEMENTS.getOrDefault(tensor.path("datatype").asText(), Text.any());
    long wanted = 1;
    for (JsonNode dimension : tensor.path("shape")) {
      wanted *= dimension.asLong();
    }
    if (wanted != elements.size()) {
      throw Fault.rule(
          at.field("data"), "%d elements, but the shape has %d".formatted(elements.size(), wanted));
    }
    var content = new StringBuilder(tensor.path("datatype").asText());
    content.append(tensor.path("shape"));
    for (JsonNode one : elements) {
      element.check(one, at.field("data"));
      content.append(one).append(',');
    }
    return content.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void flatten(JsonNode data, List<JsonNode> elements) {
    for (JsonNode element : data) {
      if (element.isArray()) {
        flatten(element, elements);
      } else {
        elements.add(element);
      }
    }
  }
}
