package io.warmgate.ai.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.cache.Verdict.Never;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.json.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of an answer keeps it from being kept. */
final class AnswerRules {
  private AnswerRules() {}

  static @Nullable Never find(ChatAnswer answer, OutputFormat format, Set<String> readOnlyTools) {
    Never never = stop(answer.stop());
    if (never == null) {
      never = AnswerExtras.find(answer);
    }
    if (never == null) {
      never = parts(answer, readOnlyTools);
    }
    return never == null ? format(answer, format) : never;
  }

  /** Whoever asked for JSON cannot do anything with what is none, nor can who asks next. */
  private static @Nullable Never format(ChatAnswer answer, OutputFormat format) {
    StringBuilder text = new StringBuilder();
    for (Part part : answer.parts()) {
      if (part instanceof Part.Text said) {
        text.append(said.text());
      } else if (part instanceof Part.ToolCall) {
        return null;
      }
    }
    return format instanceof OutputFormat.PlainText || isJson(text.toString())
        ? null
        : new Never(NeverStored.NOT_JSON, "");
  }

  private static boolean isJson(String text) {
    try {
      var _ = Json.parse(text);
      return true;
    } catch (TranslationException _) {
      return false;
    }
  }

  private static @Nullable Never stop(Stop stop) {
    NeverStored reason =
        switch (stop.reason()) {
          // Which calls they are is asked below.
          case END, STOP_SEQUENCE, TOOL_CALLS -> null;
          case MAX_TOKENS, CONTEXT_FULL -> NeverStored.TRUNCATED;
          case FILTERED -> NeverStored.FILTERED;
          case REFUSED -> NeverStored.REFUSED;
          case PAUSED -> NeverStored.PAUSED;
          case OTHER -> NeverStored.UNKNOWN_STOP_REASON;
          case NOT_SAID -> NeverStored.NO_STOP_REASON;
        };
    return reason == null ? null : new Never(reason, "stop reason " + stop.said());
  }

  private static @Nullable Never parts(ChatAnswer answer, Set<String> readOnlyTools) {
    boolean said = false;
    boolean called = false;
    for (Part part : answer.parts()) {
      Never never = part(part, readOnlyTools);
      if (never != null) {
        return never;
      }
      called |= part instanceof Part.ToolCall;
      said |= part instanceof Part.ToolCall || part instanceof Part.Text;
    }
    if (!said) {
      return new Never(NeverStored.EMPTY, "");
    }
    return switch (answer.stop().reason()) {
      // Calls of a form that is not known here, such as function_call.
      case TOOL_CALLS -> called ? null : new Never(NeverStored.TOOL_CALLS, "");
      case END, STOP_SEQUENCE, MAX_TOKENS, CONTEXT_FULL, FILTERED, REFUSED, PAUSED, OTHER -> null;
      case NOT_SAID -> null;
    };
  }

  private static @Nullable Never part(Part part, Set<String> readOnlyTools) {
    return switch (part) {
      case Part.ToolCall call -> call(call, readOnlyTools);
      case Part.Refusal refusal -> new Never(NeverStored.REFUSED, "refusal");
      case Part.Opaque own -> new Never(NeverStored.HOSTED_TOOLS, "content of type " + own.type());
      case Part.Image image -> new Never(NeverStored.NOT_UNDERSTOOD, "image");
      case Part.ToolResult result -> new Never(NeverStored.HOSTED_TOOLS, "tool_result");
      case Part.Text text ->
          text.extras().fields().containsKey("citations")
              ? new Never(NeverStored.NOT_UNDERSTOOD, "citations")
              : null;
      case Part.Reasoning reasoning -> null;
      case Part.HiddenReasoning hidden -> null;
    };
  }

  private static @Nullable Never call(Part.ToolCall call, Set<String> readOnlyTools) {
    if (!readOnlyTools.contains(call.name())) {
      return new Never(NeverStored.TOOL_CALLS, "tool " + call.name());
    }
    return isObject(call.arguments())
        ? null
        : new Never(NeverStored.MALFORMED_TOOL_CALL, "tool " + call.name());
  }

  private static boolean isObject(String arguments) {
    try {
      JsonNode node = Json.parse(arguments);
      return node.isObject();
    } catch (TranslationException e) {
      return false;
    }
  }

  /** Of what a stream said that the answer lacks. */
  static Never beyond(String field) {
    for (NeverStored reason : List.of(NeverStored.LOGPROBS, NeverStored.AUDIO)) {
      if (field.contains(reason.token())) {
        return new Never(reason, field);
      }
    }
    if (field.startsWith("choices[1")) {
      return new Never(NeverStored.MANY_CHOICES, field);
    }
    boolean hosted = field.contains("annotations") || field.contains("tool");
    return new Never(hosted ? NeverStored.HOSTED_TOOLS : NeverStored.NOT_UNDERSTOOD, field);
  }
}
