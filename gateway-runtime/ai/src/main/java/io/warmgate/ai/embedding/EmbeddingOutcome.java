package io.warmgate.ai.embedding;

import io.warmgate.ai.chat.ModelError;

/** What a provider's body turned out to be. */
public sealed interface EmbeddingOutcome {

  record Answered(EmbeddingAnswer answer) implements EmbeddingOutcome {}

  /** An error, though the status said otherwise, or nothing that can be read. */
  record Failed(ModelError error) implements EmbeddingOutcome {}
}
