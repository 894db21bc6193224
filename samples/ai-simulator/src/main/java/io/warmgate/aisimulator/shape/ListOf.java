package io.warmgate.aisimulator.shape;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An array.
 *
 * @param element what each element must be
 * @param min fewest elements
 * @param max most elements
 */
public record ListOf(Shape element, int min, int max) implements Shape {
  /** An array of any length. */
  public static ListOf any(Shape element) {
    return new ListOf(element, 0, Integer.MAX_VALUE);
  }

  /** An array with at least one element. */
  public static ListOf some(Shape element) {
    return new ListOf(element, 1, Integer.MAX_VALUE);
  }

  @Override
  public boolean takes(JsonNode value) {
    return value.isArray();
  }

  @Override
  public String noun() {
    return "an array";
  }

  @Override
  public void check(JsonNode value, FieldPath at) throws Fault {
    checkType(value, at);
    if (value.size() < min) {
      throw new Fault(Fault.Kind.BELOW, at, Integer.toString(min), Integer.toString(value.size()));
    }
    if (value.size() > max) {
      throw new Fault(Fault.Kind.ABOVE, at, Integer.toString(max), Integer.toString(value.size()));
    }
    for (int i = 0; i < value.size(); i++) {
      element.check(value.get(i), at.index(i));
    }
  }
}
