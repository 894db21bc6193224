package io.warmgate.aisimulator.shape;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A number within bounds, both included.
 *
 * @param whole whether it must have no fraction
 */
public record Numeric(Kind whole, double min, double max) implements Shape {
  /** Whether fractions are allowed. */
  public enum Kind {
    INTEGER,
    DECIMAL
  }

  /** A number without a fraction. */
  public static Numeric integer(long min, long max) {
    return new Numeric(Kind.INTEGER, min, max);
  }

  /** Any number. */
  public static Numeric decimal(double min, double max) {
    return new Numeric(Kind.DECIMAL, min, max);
  }

  @Override
  public boolean takes(JsonNode value) {
    return whole == Kind.INTEGER ? value.isIntegralNumber() : value.isNumber();
  }

  @Override
  public String noun() {
    return whole == Kind.INTEGER ? "an integer" : "a decimal";
  }

  @Override
  public void check(JsonNode value, FieldPath at) throws Fault {
    checkType(value, at);
    double number = value.doubleValue();
    if (number < min) {
      throw new Fault(Fault.Kind.BELOW, at, written(min), value.asText());
    }
    if (number > max) {
      throw new Fault(Fault.Kind.ABOVE, at, written(max), value.asText());
    }
  }

  private static String written(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
