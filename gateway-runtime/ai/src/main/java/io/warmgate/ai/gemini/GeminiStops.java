package io.warmgate.ai.gemini;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import org.jspecify.annotations.Nullable;

/** {@code finishReason}. */
final class GeminiStops {
  private GeminiStops() {}

  /**
   * @param said null: nothing
   * @param calls whether the answer calls tools, of which {@code STOP} says nothing
   */
  static Stop read(@Nullable String said, boolean calls) {
    if (said == null) {
      return Stop.NOT_SAID;
    }
    StopReason reason =
        switch (said) {
          case "STOP" -> calls ? StopReason.TOOL_CALLS : StopReason.END;
          case "MAX_TOKENS" -> StopReason.MAX_TOKENS;
          case "SAFETY",
              "RECITATION",
              "LANGUAGE",
              "BLOCKLIST",
              "PROHIBITED_CONTENT",
              "SPII",
              "IMAGE_SAFETY",
              "IMAGE_PROHIBITED_CONTENT",
              "IMAGE_RECITATION" ->
              StopReason.FILTERED;
          // MALFORMED_FUNCTION_CALL among them: what came before it is not the whole.
          default -> StopReason.OTHER;
        };
    return new Stop(reason, null, said);
  }

  /** Null: it is not said. */
  static @Nullable String write(Stop stop, Dialect provider) {
    if (provider == Dialect.GEMINI && stop.said() != null) {
      return stop.said();
    }
    return switch (stop.reason()) {
      case END, STOP_SEQUENCE, TOOL_CALLS -> "STOP";
      case MAX_TOKENS, CONTEXT_FULL -> "MAX_TOKENS";
      case FILTERED, REFUSED -> "SAFETY";
      case PAUSED, OTHER -> "OTHER";
      case NOT_SAID -> null;
    };
  }
}
