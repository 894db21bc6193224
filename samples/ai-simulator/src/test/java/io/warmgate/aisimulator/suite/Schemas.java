package io.warmgate.aisimulator.suite;

import java.util.List;
import java.util.Map;

/** JSON schemas of the tools and answers that the cases ask for. */
final class Schemas {
  private Schemas() {}

  /** {@code {city, unit}}, strict. */
  static Map<String, Object> weather() {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of(
            "city",
            Map.of("type", "string"),
            "unit",
            Map.of("type", "string", "enum", List.of("celsius", "kelvin"))),
        "required",
        List.of("city", "unit"),
        "additionalProperties",
        false);
  }
}
