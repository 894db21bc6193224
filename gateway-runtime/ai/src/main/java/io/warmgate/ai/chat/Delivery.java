package io.warmgate.ai.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the answer is handed over, and to whom: no answer depends on it.
 *
 * @param user that the application names
 * @param metadata for the provider's books
 */
public record Delivery(Form form, @Nullable String user, Map<String, String> metadata) {

  /** Of the answer. */
  public enum Form {
    WHOLE,
    STREAM,
    /** With the tokens used, at its end. */
    STREAM_WITH_USAGE;

    public boolean isStream() {
      return this != WHOLE;
    }
  }

  public Delivery {
    metadata = Map.copyOf(metadata);
  }
}
