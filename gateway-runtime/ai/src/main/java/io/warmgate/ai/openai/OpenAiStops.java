package io.warmgate.ai.openai;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import org.jspecify.annotations.Nullable;

/** {@code finish_reason}. */
final class OpenAiStops {
  private OpenAiStops() {}

  /**
   * @param calls whether the answer calls tools: where a tool was forced OpenAI says {@code stop},
   *     and so do some servers always
   */
  static Stop read(@Nullable String said, boolean calls) {
    if (said == null) {
      return Stop.NOT_SAID;
    }
    StopReason reason =
        switch (said) {
          case "stop" -> calls ? StopReason.TOOL_CALLS : StopReason.END;
          case "tool_calls", "function_call" -> StopReason.TOOL_CALLS;
          case "length", "incomplete" -> StopReason.MAX_TOKENS;
          case "content_filter" -> StopReason.FILTERED;
          default -> StopReason.OTHER;
        };
    return new Stop(reason, null, said);
  }

  static String write(ChatAnswer answer) {
    return write(answer.stop(), answer.dialect());
  }

  /** What is not whole must not look so. */
  static String write(Stop stop, Dialect provider) {
    if (provider == Dialect.OPENAI_CHAT && stop.said() != null) {
      return stop.said();
    }
    return switch (stop.reason()) {
      case END, STOP_SEQUENCE -> "stop";
      case TOOL_CALLS -> "tool_calls";
      case FILTERED, REFUSED -> "content_filter";
      case MAX_TOKENS, CONTEXT_FULL, PAUSED, OTHER, NOT_SAID -> "length";
    };
  }
}
