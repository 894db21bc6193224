package io.warmgate.aisimulator.openai;

import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.shape.Fault;

/** A request's faults in OpenAI's words. */
final class OpenAiFaults {
  private OpenAiFaults() {}

  static Refused say(Fault fault) {
    String at = fault.at().bracketed();
    return switch (fault.kind()) {
      case UNKNOWN -> refused(at, "unknown_parameter", "Unknown parameter: '%s'.".formatted(at));
      case MISSING ->
          refused(
              at, "missing_required_parameter", "Missing required parameter: '%s'.".formatted(at));
      case TYPE ->
          refused(
              at,
              "invalid_type",
              "Invalid type for '%s': expected %s, but got %s instead."
                  .formatted(at, fault.expected(), fault.actual()));
      case VALUE ->
          refused(
              at,
              "invalid_value",
              "Invalid value: '%s'. Supported values are: %s."
                  .formatted(fault.actual(), fault.expected()));
      case BELOW -> bound(fault, "below_min_value", ">= ");
      case ABOVE -> bound(fault, "above_max_value", "<= ");
      case RULE -> Refused.of(400, fault.expected()).about(at.isEmpty() ? null : at);
    };
  }

  private static Refused bound(Fault fault, String code, String relation) {
    String at = fault.at().bracketed();
    return refused(
        at,
        code,
        "Invalid '%s': expected %s%s, but got %s instead."
            .formatted(at, relation, fault.expected(), fault.actual()));
  }

  private static Refused refused(String at, String code, String message) {
    return Refused.of(400, message).about(at).coded(code);
  }
}
