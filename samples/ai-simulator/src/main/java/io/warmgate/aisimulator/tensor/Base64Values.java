package io.warmgate.aisimulator.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Values of TensorFlow Serving: {@code {"b64": "…"}} stands for the bytes that it encodes. */
final class Base64Values {
  private Base64Values() {}

  /** The content of a value: of bytes the bytes, of anything else its JSON. */
  static byte[] content(JsonNode value, FieldPath at) throws Fault {
    var content = new ByteArrayOutputStream();
    append(value, at, content);
    return content.toByteArray();
  }

  private static void append(JsonNode value, FieldPath at, ByteArrayOutputStream content)
      throws Fault {
    if (value.isObject() && value.size() == 1 && value.has("b64")) {
      content.writeBytes(decode(value.path("b64"), at.field("b64")));
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        content.writeBytes((field.getKey() + ":").getBytes(StandardCharsets.UTF_8));
        append(field.getValue(), at.field(field.getKey()), content);
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        append(value.get(i), at.index(i), content);
        content.write(',');
      }
    } else {
      content.writeBytes(value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static byte[] decode(JsonNode text, FieldPath at) throws Fault {
    try {
      return Base64.getDecoder().decode(text.asText());
    } catch (IllegalArgumentException malformed) {
      throw Fault.rule(at, "not base64");
    }
  }
}
