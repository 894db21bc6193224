package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.LinkedHashSet;
import java.util.Set;

/** What must hold between fields of a chat request that are each well by themselves. */
final class ChatRules {
  private static final FieldPath ROOT = FieldPath.ROOT;

  private ChatRules() {}

  static void check(JsonNode request) throws Fault {
    if (!present(request, "tools")) {
      forbid(request, "tool_choice", "'tool_choice' is only allowed when 'tools' are specified.");
      forbid(
          request,
          "parallel_tool_calls",
          "'parallel_tool_calls' is only allowed when 'tools' are specified.");
    }
    if (!request.path("stream").asBoolean()) {
      forbid(
          request,
          "stream_options",
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
    }
    if (!request.path("logprobs").asBoolean()) {
      forbid(request, "top_logprobs", "'top_logprobs' is only allowed when 'logprobs' is enabled.");
    }
    if (present(request, "max_completion_tokens")) {
      forbid(
          request,
          "max_tokens",
          "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.");
    }
    calls(request.path("messages"));
    StrictSchema.check(
        request.path("response_format").path("json_schema"),
        ROOT.field("response_format").field("json_schema"));
  }

  private static boolean present(JsonNode request, String field) {
    return request.hasNonNull(field);
  }

  private static void forbid(JsonNode request, String field, String sentence) throws Fault {
    if (present(request, field)) {
      throw Fault.rule(ROOT.field(field), sentence);
    }
  }

  /** Each call of an assistant's message is answered by the tool messages right behind it. */
  private static void calls(JsonNode messages) throws Fault {
    Set<String> open = new LinkedHashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      FieldPath at = ROOT.field("messages").index(i);
      if (message.path("role").asText().equals("tool")) {
        if (!open.remove(message.path("tool_call_id").asText())) {
          throw Fault.rule(
              at.field("role"),
              "Messages with role 'tool' must be a response to a preceding message with"
                  + " 'tool_calls'.");
        }
        continue;
      }
      unanswered(open, at);
      if (message.path("role").asText().equals("assistant")
          && !message.hasNonNull("content")
          && !message.hasNonNull("refusal")
          && !message.has("tool_calls")) {
        throw new Fault(Fault.Kind.MISSING, at.field("content"), "", "");
      }
      message.path("tool_calls").forEach(call -> open.add(call.path("id").asText()));
    }
    unanswered(open, ROOT.field("messages"));
  }

  private static void unanswered(Set<String> open, FieldPath at) throws Fault {
    if (!open.isEmpty()) {
      throw Fault.rule(
          at,
          "An assistant message with 'tool_calls' must be followed by tool messages responding to"
              + " each 'tool_call_id'. These have no response: "
              + String.join(", ", open));
    }
  }
}
