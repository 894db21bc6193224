package io.warmgate.ai.stream;

import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A piece of an answer. In order: {@link Begun}; for each part {@link PartBegun}, any number of
 * {@link PartGrew} and {@link PartSigned}, {@link PartEnded} (parts may overlap: OpenAI's parallel
 * tool calls); {@link Stopped}, {@link Metered}; {@link Ended}. {@link Failed} ends it anywhere.
 */
public sealed interface StreamEvent {

  /**
   * @param usage as far as it is known; null: not yet
   */
  record Begun(AnswerId id, @Nullable Usage usage, Extras extras) implements StreamEvent {}

  /**
   * @param part counts from 0
   * @param opening what is known of it, mostly with empty text
   */
  record PartBegun(int part, Part opening) implements StreamEvent {}

  /**
   * @param more of its text, or of a tool call's arguments; not empty
   */
  record PartGrew(int part, String more) implements StreamEvent {}

  /** Of {@link Part.Reasoning}. */
  record PartSigned(int part, String signature) implements StreamEvent {}

  record PartEnded(int part) implements StreamEvent {}

  record Stopped(Stop stop) implements StreamEvent {}

  /**
   * @param usage in all, not since the last one
   */
  record Metered(Usage usage) implements StreamEvent {}

  /** Something that only the provider's dialect can say. */
  record Beyond(String field, Weight weight) implements StreamEvent {}

  /** What is missed without it. */
  enum Weight {
    /** A part of the answer: other choices, speech, what hosted tools did. */
    CONTENT,
    /** What is said about it: probabilities, citations. */
    DETAIL
  }

  /** Whether nothing follows it. */
  default boolean isLast() {
    return this instanceof Ended || this instanceof Failed;
  }

  record Failed(ModelError error) implements StreamEvent {}

  /** The provider said that nothing follows. */
  record Ended() implements StreamEvent {}
}
