package io.warmgate.aisimulator.bedrock;

import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.shape.Fault;

/** A request's faults in Bedrock's words. */
final class BedrockFaults {
  private BedrockFaults() {}

  static Refused say(Fault fault) {
    String at = fault.at().dotted();
    return Refused.of(
        400,
        switch (fault.kind()) {
          case UNKNOWN ->
              "Malformed input request: #/%s: extraneous key [%s] is not permitted"
                  .formatted(at.replace('.', '/'), fault.actual());
          case MISSING -> constraint("null", at) + "Member must not be null";
          case TYPE, VALUE ->
              constraint(fault.actual(), at) + "Member must satisfy " + fault.expected();
          case BELOW ->
              constraint(fault.actual(), at)
                  + "Member must have value greater than or equal to "
                  + fault.expected();
          case ABOVE ->
              constraint(fault.actual(), at)
                  + "Member must have value less than or equal to "
                  + fault.expected();
          case RULE -> fault.expected();
        });
  }

  private static String constraint(String value, String at) {
    return "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: "
        .formatted(value, at);
  }
}
