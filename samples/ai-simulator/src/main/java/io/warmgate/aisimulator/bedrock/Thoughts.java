package io.warmgate.aisimulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.answer.Digest;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;

/** They are signed, and come back as they were: whoever alters them is refused. */
final class Thoughts {
  private Thoughts() {}

  static String signature(String thoughts) {
    return "sim-" + Digest.brief("signed in bedrock " + thoughts);
  }

  static void check(JsonNode text, FieldPath at) throws Fault {
    if (!signature(text.path("text").asText()).equals(text.path("signature").asText())) {
      throw Fault.rule(
          at, "The model returned the following errors: " + at.dotted() + ": Invalid `signature`");
    }
  }
}
