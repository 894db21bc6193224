package io.warmgate.aisimulator.gemini;

import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.shape.Fault;

/** A request's faults in the words of Google's APIs. */
final class GeminiFaults {
  private GeminiFaults() {}

  static Refused say(Fault fault) {
    String at = fault.at().bracketed();
    return Refused.of(
        400,
        switch (fault.kind()) {
          case UNKNOWN ->
              "Invalid JSON payload received. Unknown name \"%s\" at '%s': Cannot find field."
                  .formatted(fault.actual(), at);
          case MISSING -> "* GenerateContentRequest.%s: is required".formatted(at);
          case TYPE, VALUE ->
              "Invalid value at '%s': expected %s, got %s"
                  .formatted(at, fault.expected(), fault.actual());
          case BELOW ->
              "* GenerateContentRequest.%s: %s is below %s"
                  .formatted(at, fault.actual(), fault.expected());
          case ABOVE ->
              "* GenerateContentRequest.%s: %s is above %s"
                  .formatted(at, fault.actual(), fault.expected());
          case RULE -> at.isEmpty() ? fault.expected() : at + ": " + fault.expected();
        });
  }
}
