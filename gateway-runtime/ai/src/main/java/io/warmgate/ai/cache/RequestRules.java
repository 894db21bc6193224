package io.warmgate.ai.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.Inert;
import io.warmgate.ai.cache.Verdict.Never;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ImageSource;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Tool;
import io.warmgate.ai.chat.Turn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a question keeps every answer to it from being kept. */
final class RequestRules {
  private static final Map<Dialect, Map<String, NeverStored>> FIELDS =
      Map.of(
          Dialect.OPENAI_CHAT,
          Map.ofEntries(
              Map.entry("store", NeverStored.STATEFUL),
              Map.entry("previous_response_id", NeverStored.STATEFUL),
              Map.entry("conversation", NeverStored.STATEFUL),
              Map.entry("background", NeverStored.STATEFUL),
              Map.entry("n", NeverStored.MANY_CHOICES),
              Map.entry("logprobs", NeverStored.LOGPROBS),
              Map.entry("top_logprobs", NeverStored.LOGPROBS),
              Map.entry("audio", NeverStored.AUDIO),
              Map.entry("modalities", NeverStored.AUDIO),
              Map.entry("web_search_options", NeverStored.HOSTED_TOOLS)),
          Dialect.OPENAI_RESPONSES,
          Map.of(
              "store", NeverStored.STATEFUL,
              "previous_response_id", NeverStored.STATEFUL,
              "conversation", NeverStored.STATEFUL,
              "background", NeverStored.STATEFUL,
              "prompt", NeverStored.STATEFUL,
              "top_logprobs", NeverStored.LOGPROBS),
          Dialect.OPENAI_COMPLETIONS,
          Map.of(
              "n", NeverStored.MANY_CHOICES,
              "best_of", NeverStored.MANY_CHOICES,
              "logprobs", NeverStored.LOGPROBS),
          Dialect.ANTHROPIC_MESSAGES,
          Map.of(
              "container", NeverStored.STATEFUL,
              "mcp_servers", NeverStored.HOSTED_TOOLS));

  private RequestRules() {}

  static @Nullable Never find(ChatRequest request) {
    Never never = fields(request.extras(), "");
    if (never == null) {
      never = tools(request.tooling().tools());
    }
    return never == null ? turns(request.turns()) : never;
  }

  private static @Nullable Never fields(Extras extras, String path) {
    Map<String, NeverStored> rules = FIELDS.getOrDefault(extras.dialect(), Map.of());
    JsonNode include = extras.fields().get("include");
    if (include != null && extras.dialect() == Dialect.OPENAI_RESPONSES) {
      Never never = ResponsesRules.include(include);
      if (never != null) {
        return never;
      }
    }
    for (Map.Entry<String, JsonNode> field : extras.fields().entrySet()) {
      NeverStored reason = rules.get(field.getKey());
      if (reason != null && !Inert.is(extras.dialect(), field.getKey(), field.getValue())) {
        return new Never(reason, path + field.getKey());
      }
    }
    return null;
  }

  private static @Nullable Never tools(List<Tool> tools) {
    for (int i = 0; i < tools.size(); i++) {
      if (tools.get(i) instanceof Tool.Native own) {
        return new Never(NeverStored.HOSTED_TOOLS, "tools[" + i + "].type (" + own.type() + ")");
      }
    }
    return null;
  }

  private static @Nullable Never turns(List<Turn> turns) {
    for (Turn turn : turns) {
      Never never = fields(turn.extras(), "messages[].");
      if (never == null) {
        never = parts(turn.parts());
      }
      if (never != null) {
        return never;
      }
    }
    return null;
  }

  private static @Nullable Never parts(List<Part> parts) {
    for (Part part : parts) {
      Never never =
          switch (part) {
            case Part.Image image when image.source() instanceof ImageSource.Remote ->
                new Never(NeverStored.REMOTE_IMAGE, "messages[].content[].image");
            case Part.Opaque own -> opaque(own);
            case Part.ToolResult result -> parts(result.content());
            case Part.Image image -> null;
            case Part.Text text -> null;
            case Part.Refusal refusal -> null;
            case Part.ToolCall call -> null;
            case Part.Reasoning reasoning -> null;
            case Part.HiddenReasoning hidden -> null;
          };
      if (never != null) {
        return never;
      }
    }
    return null;
  }

  static Never opaque(Part.Opaque own) {
    if (own.extras().dialect() == Dialect.OPENAI_RESPONSES) {
      Never never = ResponsesRules.item(own);
      if (never != null) {
        return never;
      }
    }
    String field = "messages[].content[].type (" + own.type() + ")";
    if (own.type().equals("input_audio")) {
      return new Never(NeverStored.AUDIO, field);
    }
    boolean file = own.node().findValue("file_id") != null || own.type().endsWith("_upload");
    return new Never(file ? NeverStored.FILE_REFERENCE : NeverStored.NOT_UNDERSTOOD, field);
  }
}
