package io.warmgate.ai;

/** A format in which models are asked and answer. */
public enum Dialect {
  /** {@code POST /v1/chat/completions}. */
  OPENAI_CHAT("OpenAI Chat Completions"),
  /** {@code POST /v1/responses}. */
  OPENAI_RESPONSES("OpenAI Responses"),
  /** {@code POST /v1/completions}. */
  OPENAI_COMPLETIONS("OpenAI Completions"),
  /** {@code POST /v1/messages}. */
  ANTHROPIC_MESSAGES("Anthropic Messages"),
  /** {@code POST /v1beta/models/NAME:generateContent}. */
  GEMINI("Gemini"),
  /** {@code POST /v1/chat/completions} at Mistral's. */
  MISTRAL_CHAT("Mistral Chat Completions"),
  /** {@code POST /model/ID/converse}. */
  BEDROCK_CONVERSE("Bedrock Converse"),
  /** {@code POST /v1/embeddings}. */
  OPENAI_EMBEDDINGS("OpenAI Embeddings"),
  /** Parameters of a prompt that the gateway has. */
  PROMPT("a prompt's endpoint"),
  /** {@code POST /v2/models/M/infer}: tensors. */
  OPEN_INFERENCE("the Open Inference Protocol"),
  /** {@code POST /v1/models/M:predict}: tensors. */
  TENSORFLOW_SERVING("TensorFlow Serving");

  private final String title;

  Dialect(String title) {
    this.title = title;
  }

  /** As people call it. */
  public String title() {
    return title;
  }
}
