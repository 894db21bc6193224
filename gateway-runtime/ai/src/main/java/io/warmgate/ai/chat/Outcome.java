package io.warmgate.ai.chat;

/** What a provider's body turned out to be. */
public sealed interface Outcome {

  record Answered(ChatAnswer answer) implements Outcome {}

  /** An error, though the status said otherwise, or nothing that can be read. */
  record Failed(ModelError error) implements Outcome {}
}
