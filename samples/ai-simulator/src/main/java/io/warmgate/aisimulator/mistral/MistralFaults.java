package io.warmgate.aisimulator.mistral;

import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.shape.Fault;

/** A request's faults in Mistral's words: a kind, a place, a sentence, as 422. */
final class MistralFaults {
  private MistralFaults() {}

  static Refused say(Fault fault) {
    String type =
        switch (fault.kind()) {
          case UNKNOWN -> "extra_forbidden";
          case MISSING -> "missing";
          case TYPE -> "type_error";
          case VALUE -> "literal_error";
          case BELOW -> "greater_than_equal";
          case ABOVE -> "less_than_equal";
          case RULE -> "value_error";
        };
    String what =
        switch (fault.kind()) {
          case UNKNOWN -> "Extra inputs are not permitted";
          case MISSING -> "Field required";
          case TYPE, VALUE -> "Input should be " + fault.expected();
          case BELOW -> "Input should be greater than or equal to " + fault.expected();
          case ABOVE -> "Input should be less than or equal to " + fault.expected();
          case RULE -> fault.expected();
        };
    return Refused.of(422, what).ofType(type).about(fault.at().dotted());
  }
}
