package io.warmgate.aisimulator.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * An object whose fields the client names, such as {@code metadata} or a JSON schema.
 *
 * @param value what each field's value must be
 */
public record MapOf(Shape value) implements Shape {
  @Override
  public boolean takes(JsonNode node) {
    return node.isObject();
  }

  @Override
  public String noun() {
    return "an object";
  }

  @Override
  public void check(JsonNode node, FieldPath at) throws Fault {
    checkType(node, at);
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      value.check(field.getValue(), at.field(field.getKey()));
    }
  }
}
