package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import org.jspecify.annotations.Nullable;

/** {@code stop_reason} and {@code stop_sequence}. */
final class AnthropicStops {
  private AnthropicStops() {}

  static Stop read(@Nullable String said, @Nullable String sequence) {
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
          case "refusal" -> StopReason.REFUSED;
          case "pause_turn" -> StopReason.PAUSED;
          default -> StopReason.OTHER;
        };
    return new Stop(reason, sequence, said);
  }

  /** What is not whole must not look so. */
  static String write(Stop stop, Dialect provider) {
    if (provider == ANTHROPIC_MESSAGES && stop.said() != null) {
      return stop.said();
    }
    return switch (stop.reason()) {
      case END -> "end_turn";
      case STOP_SEQUENCE -> "stop_sequence";
      case TOOL_CALLS -> "tool_use";
      case CONTEXT_FULL -> "model_context_window_exceeded";
      case FILTERED, REFUSED -> "refusal";
      case PAUSED -> "pause_turn";
      case MAX_TOKENS, OTHER, NOT_SAID -> "max_tokens";
    };
  }
}
