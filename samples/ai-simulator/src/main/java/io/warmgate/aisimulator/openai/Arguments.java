package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;

/** A call's arguments, which OpenAI writes as JSON within a string. */
final class Arguments {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Arguments() {}

  static JsonNode read(String text, FieldPath at) throws Fault {
    try {
      JsonNode arguments = JSON.readTree(text);
      if (arguments.isObject()) {
        return arguments;
      }
    } catch (JsonProcessingException malformed) {
      // said below
    }
    throw Fault.rule(at, "The arguments of a call must be a JSON object in a string.");
  }
}
