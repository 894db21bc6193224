package io.warmgate.ai.chat;

/** Why an answer ended. Only after the first three it is whole. */
public enum StopReason {
  /** The model was done. */
  END,
  /** One of the texts came at which it was to end. */
  STOP_SEQUENCE,
  /** Tools are to be called. */
  TOOL_CALLS,
  /** As long as it may be. */
  MAX_TOKENS,
  /** No more room in the model's context. */
  CONTEXT_FULL,
  /** Somebody watches what is said, and cut it. */
  FILTERED,
  /** The model will not. */
  REFUSED,
  /** The provider stopped on its way, and wants to be asked to go on. */
  PAUSED,
  /** A word that is not known here. */
  OTHER,
  /** Nothing was said. */
  NOT_SAID
}
