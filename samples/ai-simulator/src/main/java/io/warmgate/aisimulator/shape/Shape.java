package io.warmgate.aisimulator.shape;

import com.fasterxml.jackson.databind.JsonNode;

/** What a JSON value must be. */
public sealed interface Shape
    permits Shape.Anything, Choice, Either, Fields, Flag, ListOf, MapOf, Numeric, Text {

  /** Whether the value's JSON type is this shape's; the rest of it is {@link #check}'s. */
  boolean takes(JsonNode value);

  /** What it is called in an error, with its article: {@code "a string"}. */
  String noun();

  /** Throws the first fault of the value at this place. */
  void check(JsonNode value, FieldPath at) throws Fault;

  /** Throws if the value's type is another. */
  default void checkType(JsonNode value, FieldPath at) throws Fault {
    if (!takes(value)) {
      throw new Fault(Fault.Kind.TYPE, at, noun(), nounOf(value));
    }
  }

  private static String nounOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a string";
      case BOOLEAN -> "a boolean";
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }

  /** Any JSON value, such as a tool's arguments. */
  record Anything() implements Shape {
    @Override
    public boolean takes(JsonNode value) {
      return true;
    }

    @Override
    public String noun() {
      return "a value";
    }

    @Override
    public void check(JsonNode value, FieldPath at) {}
  }
}
