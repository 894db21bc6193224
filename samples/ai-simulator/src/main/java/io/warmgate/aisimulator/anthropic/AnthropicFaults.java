package io.warmgate.aisimulator.anthropic;

import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.shape.Fault;

/** A request's faults in Anthropic's words: the place, a colon, what is wrong there. */
final class AnthropicFaults {
  private AnthropicFaults() {}

  static Refused say(Fault fault) {
    String at = fault.at().dotted();
    String what =
        switch (fault.kind()) {
          case UNKNOWN -> "Extra inputs are not permitted";
          case MISSING -> "Field required";
          case TYPE -> "Input should be " + fault.expected();
          case VALUE -> "Input should be " + fault.expected();
          case BELOW -> "Input should be greater than or equal to " + fault.expected();
          case ABOVE -> "Input should be less than or equal to " + fault.expected();
          case RULE -> fault.expected();
        };
    return Refused.of(400, at.isEmpty() ? what : at + ": " + what);
  }
}
