package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import org.jspecify.annotations.Nullable;

/** {@code stopReason}. */
final class BedrockStops {
  private BedrockStops() {}

  static Stop read(@Nullable String said) {
    if (said == null) {
      return Stop.NOT_SAID;
    }
    StopReason reason =
        switch (said) {
          case "end_turn" -> StopReason.END;
          case "stop_sequence" -> StopReason.STOP_SEQUENCE;
          case "tool_use" -> StopReason.TOOL_CALLS;
          case "max_tokens" -> StopReason.MAX_TOKENS;
          case "model_context_window_exceeded" -> StopReason.CONTEXT_FULL;
          case "guardrail_intervened", "content_filtered" -> StopReason.FILTERED;
          // Claude's own word.
          case "refusal" -> StopReason.REFUSED;
          // malformed_model_output and malformed_tool_use among them: it is not the whole.
          default -> StopReason.OTHER;
        };
    return new Stop(reason, null, said);
  }

  /** Null: it is not said. What is not whole must not look so. */
  static @Nullable String write(Stop stop, Dialect provider) {
    if (provider == BEDROCK_CONVERSE && stop.said() != null) {
      return stop.said();
    }
    return switch (stop.reason()) {
      case END -> "end_turn";
      case STOP_SEQUENCE -> "stop_sequence";
      case TOOL_CALLS -> "tool_use";
      case MAX_TOKENS -> "max_tokens";
      case CONTEXT_FULL -> "model_context_window_exceeded";
      case FILTERED -> "content_filtered";
      case REFUSED -> "refusal";
      case PAUSED, OTHER -> "malformed_model_output";
      case NOT_SAID -> null;
    };
  }
}
