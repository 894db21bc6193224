package io.warmgate.ai.responses;

import io.warmgate.ai.chat.StopReason;
import org.jspecify.annotations.Nullable;

/** {@code status} and {@code incomplete_details.reason}. */
enum ResponsesStatus {
  COMPLETED("completed", null),
  TRUNCATED("incomplete", "max_output_tokens"),
  FILTERED("incomplete", "content_filter");

  private final String word;
  private final @Nullable String reason;

  ResponsesStatus(String word, @Nullable String reason) {
    this.word = word;
    this.reason = reason;
  }

  /** What is not whole must not look so. */
  static ResponsesStatus of(StopReason reason) {
    return switch (reason) {
      case END, STOP_SEQUENCE, TOOL_CALLS -> COMPLETED;
      case FILTERED, REFUSED -> FILTERED;
      case MAX_TOKENS, CONTEXT_FULL, PAUSED, OTHER, NOT_SAID -> TRUNCATED;
    };
  }

  String word() {
    return word;
  }

  /** Null where it is complete. */
  @Nullable String reason() {
    return reason;
  }
}
