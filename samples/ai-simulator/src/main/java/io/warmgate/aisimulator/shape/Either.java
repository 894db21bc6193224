package io.warmgate.aisimulator.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of several shapes of different JSON types; the value's type says which.
 *
 * @param shapes looked at in this order
 */
public record Either(List<Shape> shapes) implements Shape {
  /** One of these. */
  public static Either of(Shape... shapes) {
    return new Either(List.of(shapes));
  }

  @Override
  public boolean takes(JsonNode value) {
    return shapes.stream().anyMatch(shape -> shape.takes(value));
  }

  @Override
  public String noun() {
    return "one of "
        + shapes.stream().map(Shape::noun).distinct().collect(Collectors.joining(" or "));
  }

  @Override
  public void check(JsonNode value, FieldPath at) throws Fault {
    checkType(value, at);
    for (Shape shape : shapes) {
      if (shape.takes(value)) {
        shape.check(value, at);
        return;
      }
    }
  }
}
