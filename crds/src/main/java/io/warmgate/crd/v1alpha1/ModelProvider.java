package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In whose dialect a model is asked. */
public enum ModelProvider {
  /** OpenAI: Chat Completions and Embeddings. */
  @JsonProperty("OpenAI")
  OPENAI,

  /** Anthropic: Messages. */
  @JsonProperty("Anthropic")
  ANTHROPIC,

  /** A server that speaks as OpenAI's does: vLLM, Ollama, TGI. */
  @JsonProperty("OpenAICompatible")
  OPENAI_COMPATIBLE,

  /** OpenAI's models at Azure, by its v1 API. */
  @JsonProperty("AzureOpenAI")
  AZURE_OPENAI,

  /** Google's Gemini API. */
  @JsonProperty("Gemini")
  GEMINI,

  /** Mistral's own API. */
  @JsonProperty("Mistral")
  MISTRAL,

  /** Amazon Bedrock, by its Converse API. */
  @JsonProperty("Bedrock")
  BEDROCK,

  /** A server of tensors, by the Open Inference Protocol v2: KServe, Triton, MLServer. */
  @JsonProperty("KServeV2")
  KSERVE_V2,

  /** TensorFlow Serving, by its REST API. */
  @JsonProperty("TFServing")
  TF_SERVING
}
