package io.warmgate.ai.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the answer is to be made.
 *
 * @param stop texts at which the answer ends
 * @param maxTokens of the answer; null: as many as the model has
 * @param effort in reasoning, such as {@code low}; null: the model's
 */
public record Generation(
    Sampling sampling,
    List<String> stop,
    @Nullable Long maxTokens,
    @Nullable String effort,
    OutputFormat format) {

  public Generation {
    stop = List.copyOf(stop);
  }
}
