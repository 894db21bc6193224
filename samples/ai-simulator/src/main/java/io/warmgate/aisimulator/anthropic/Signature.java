package io.warmgate.aisimulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.answer.Digest;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;

/** Thoughts are signed, and come back as they were: whoever alters them is refused. */
final class Signature {
  private Signature() {}

  static String of(String thoughts) {
    return "sim-" + Digest.brief("signed " + thoughts);
  }

  static void check(JsonNode block, FieldPath at) throws Fault {
    if (!of(block.path("thinking").asText()).equals(block.path("signature").asText())) {
      throw Fault.rule(at, "Invalid `signature` in `thinking` block");
    }
  }
}
