package io.warmgate.ai.cache;

/**
 * Why an answer is never kept, whatever a policy says. Tokens are stable; constants may be added.
 */
public enum NeverStored {
  // Of the question: known before it is asked.
  /** The provider keeps the conversation, or the answer continues one that it kept. */
  STATEFUL("stateful"),
  /** Several answers to one question. */
  MANY_CHOICES("many-choices"),
  /** Probabilities are asked for, which a replay has not. */
  LOGPROBS("logprobs"),
  /** Speech, in or out. */
  AUDIO("audio"),
  /** The provider runs tools: what they find, or do, is of the moment. */
  HOSTED_TOOLS("hosted-tools"),
  /** A picture behind a URL may be another one tomorrow. */
  REMOTE_IMAGE("remote-image"),
  /** A file at the provider's: its id says nothing of what is in it. */
  FILE_REFERENCE("file-reference"),
  /** Content that is not known here: it may be any of these. */
  NOT_UNDERSTOOD("not-understood"),

  // Of the answer.
  /** A status other than 200. */
  STATUS("status"),
  /** An error inside a 200 or a stream, or a body that cannot be read. */
  ERROR("model-error"),
  /** The stream broke off: nothing said that nothing follows. */
  STREAM_CUT("stream-cut"),
  /** Nothing says why the answer ended, {@code [DONE]} or not. */
  NO_STOP_REASON("no-stop-reason"),
  /** It is as long as it may be, not as long as it should. */
  TRUNCATED("truncated"),
  /** A content filter cut it. */
  FILTERED("filtered"),
  /** The model will not: asked again it may. */
  REFUSED("refused"),
  /** The provider wants to be asked to go on. */
  PAUSED("paused"),
  /** A stop reason that is not known here. */
  UNKNOWN_STOP_REASON("unknown-stop-reason"),
  /** Tools are to be called that nobody declared read-only. */
  TOOL_CALLS("tool-calls"),
  /** A call whose arguments are no JSON object. */
  MALFORMED_TOOL_CALL("malformed-tool-call"),
  /** JSON was asked for, and this is none. */
  NOT_JSON("not-json"),
  /** Nothing was said: what some providers answer when a call went wrong. */
  EMPTY("empty");

  private final String token;

  NeverStored(String token) {
    this.token = token;
  }

  /** For {@code Cache-Status}, logs and metrics. */
  public String token() {
    return token;
  }
}
