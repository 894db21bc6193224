package io.warmgate.aisimulator.shape;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code true} or {@code false}. */
public record Flag() implements Shape {
  @Override
  public boolean takes(JsonNode value) {
    return value.isBoolean();
  }

  @Override
  public String noun() {
    return "a boolean";
  }

  @Override
  public void check(JsonNode value, FieldPath at) throws Fault {
    checkType(value, at);
  }
}
