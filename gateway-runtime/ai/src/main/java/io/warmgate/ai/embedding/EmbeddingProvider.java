package io.warmgate.ai.embedding;

/** How a provider of vectors is asked that does not speak as OpenAI does. Immutable. */
public interface EmbeddingProvider {

  /**
   * @return JSON in UTF-8
   * @throws io.warmgate.ai.TranslationException where the request asks for what the provider cannot
   */
  byte[] write(EmbeddingRequest request);

  /**
   * What a body with status 200 says; never throws.
   *
   * @param asked of which each item has to have its vector
   */
  EmbeddingOutcome read(byte[] body, EmbeddingRequest asked);
}
