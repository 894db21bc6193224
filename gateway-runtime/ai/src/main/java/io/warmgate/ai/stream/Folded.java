package io.warmgate.ai.stream;

import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ModelError;
import java.util.List;

/**
 * A stream as an answer.
 *
 * @param answer as far as it came
 * @param beyond fields that the answer lacks, since only their dialect can say them
 */
public record Folded(ChatAnswer answer, List<String> beyond, End end) {

  public Folded {
    beyond = List.copyOf(beyond);
  }

  /** How it ended. */
  public sealed interface End {}

  /** With the provider's word that nothing follows. */
  public record Complete() implements End {}

  /** Without it. */
  public record Cut() implements End {}

  public record Failed(ModelError error) implements End {}
}
