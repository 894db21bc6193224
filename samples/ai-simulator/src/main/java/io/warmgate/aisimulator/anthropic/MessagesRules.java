package io.warmgate.aisimulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.LinkedHashSet;
import java.util.Set;

/** What must hold between fields of a request that are each well by themselves. */
final class MessagesRules {
  private static final FieldPath ROOT = FieldPath.ROOT;

  private MessagesRules() {}

  static void check(JsonNode request) throws Fault {
    if (request.has("tool_choice") && !request.has("tools")) {
      throw Fault.rule(ROOT.field("tool_choice"), "may only be specified while providing tools");
    }
    for (int i = 0; i < request.path("tools").size(); i++) {
      JsonNode schema = request.path("tools").get(i).path("input_schema");
      if (!schema.path("type").asText().equals("object")) {
        FieldPath at = ROOT.field("tools").index(i).field("input_schema").field("type");
        throw new Fault(Fault.Kind.VALUE, at, "'object'", schema.path("type").asText());
      }
    }
    if (!request.path("messages").get(0).path("role").asText().equals("user")) {
      throw Fault.rule(ROOT.field("messages"), "first message must use the \"user\" role");
    }
    thinking(request);
    results(request.path("messages"));
  }

  private static void thinking(JsonNode request) throws Fault {
    JsonNode thinking = request.path("thinking");
    if (!thinking.path("type").asText().equals("enabled")) {
      return;
    }
    if (thinking.path("budget_tokens").asInt() >= request.path("max_tokens").asInt()) {
      throw Fault.rule(ROOT.field("max_tokens"), "must be greater than thinking.budget_tokens");
    }
    if (request.path("temperature").asDouble(1) != 1) {
      throw Fault.rule(ROOT.field("temperature"), "may only be set to 1 when thinking is enabled");
    }
    String choice = request.path("tool_choice").path("type").asText();
    if (choice.equals("any") || choice.equals("tool")) {
      throw Fault.rule(ROOT, "Thinking may not be enabled when tool_choice forces tool use.");
    }
  }

  /** Each tool_use is answered by a tool_result at the beginning of the next message. */
  private static void results(JsonNode messages) throws Fault {
    Set<String> open = new LinkedHashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      FieldPath at = ROOT.field("messages").index(i);
      JsonNode content = messages.get(i).path("content");
      for (int j = 0; j < content.size(); j++) {
        JsonNode block = content.get(j);
        if (block.path("type").asText().equals("tool_result")
            && !open.remove(block.path("tool_use_id").asText())) {
          throw Fault.rule(
              at.field("content").index(j),
              "unexpected `tool_use_id` found in `tool_result` blocks: "
                  + block.path("tool_use_id").asText());
        }
      }
      unanswered(open, at);
      for (JsonNode block : content) {
        if (block.path("type").asText().equals("tool_use")) {
          open.add(block.path("id").asText());
        }
      }
    }
    unanswered(open, ROOT.field("messages"));
  }

  private static void unanswered(Set<String> open, FieldPath at) throws Fault {
    if (!open.isEmpty()) {
      throw Fault.rule(
          at,
          "`tool_use` ids were found without `tool_result` blocks immediately after: "
              + String.join(", ", open));
    }
  }
}
