package io.warmgate.ai.cache;

/** Whether an answer may be kept, as far as models are concerned. */
public sealed interface Verdict {

  record Storable() implements Verdict {}

  /**
   * @param field that says it
   */
  record Never(NeverStored reason, String field) implements Verdict {}
}
