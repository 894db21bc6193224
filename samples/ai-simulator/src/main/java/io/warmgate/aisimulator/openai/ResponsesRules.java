package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.LinkedHashSet;
import java.util.Set;

/** What must hold between fields of a Responses request that are each well by themselves. */
final class ResponsesRules {
  private static final FieldPath ROOT = FieldPath.ROOT;

  private ResponsesRules() {}

  static void check(JsonNode request) throws Fault {
    if (request.path("background").asBoolean()) {
      throw Fault.rule(ROOT.field("background"), "The simulator keeps no answers in background.");
    }
    if (!request.path("stream").asBoolean() && request.hasNonNull("stream_options")) {
      throw Fault.rule(
          ROOT.field("stream_options"),
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
    }
    StrictSchema.check(request.path("text").path("format"), ROOT.field("text").field("format"));
    if (request.path("input").isArray()) {
      items(request.path("input"));
    }
  }

  private static void items(JsonNode input) throws Fault {
    Set<String> open = new LinkedHashSet<>();
    for (int i = 0; i < input.size(); i++) {
      JsonNode item = input.get(i);
      FieldPath at = ROOT.field("input").index(i);
      String call = item.path("call_id").asText();
      switch (item.path("type").asText("message")) {
        case "function_call" -> open.add(call);
        case "function_call_output" -> {
          if (!open.remove(call)) {
            throw Fault.rule(
                ROOT.field("input"),
                "No tool call found for function call output with call_id %s.".formatted(call));
          }
        }
        default -> parts(item, at.field("content"));
      }
    }
    if (!open.isEmpty()) {
      throw Fault.rule(
          ROOT.field("input"),
          "No tool output found for function call %s.".formatted(String.join(", ", open)));
    }
  }

  /** What the model said is output, what others say is input. */
  private static void parts(JsonNode item, FieldPath at) throws Fault {
    boolean assistant = item.path("role").asText().equals("assistant");
    for (int i = 0; i < item.path("content").size(); i++) {
      String type = item.path("content").get(i).path("type").asText();
      if (assistant == type.startsWith("input_")) {
        throw new Fault(
            Fault.Kind.VALUE,
            at.index(i).field("type"),
            assistant ? "'output_text', 'refusal'" : "'input_text', 'input_image'",
            type);
      }
    }
  }
}
