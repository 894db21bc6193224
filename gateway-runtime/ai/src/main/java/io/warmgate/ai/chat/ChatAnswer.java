package io.warmgate.ai.chat;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param usage null: not told
 * @param extras of the dialect that it was read from
 */
public record ChatAnswer(
    AnswerId id, List<Part> parts, Stop stop, @Nullable Usage usage, Extras extras) {

  public ChatAnswer {
    parts = List.copyOf(parts);
  }

  public Dialect dialect() {
    return extras.dialect();
  }
}
