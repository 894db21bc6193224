package io.warmgate.aisimulator.suite;

import java.net.URI;

/**
 * Where the SDKs ask, and for what.
 *
 * @param openAiUrl the base URL of OpenAI's SDK, {@code /v1} included
 * @param anthropicUrl the base URL of Anthropic's SDK
 * @param key the API key
 * @param chatModel a model that behaves as {@code sim-1}
 * @param embeddingModel a model that behaves as {@code sim-embedding}
 */
public record Target(
    URI openAiUrl, URI anthropicUrl, String key, String chatModel, String embeddingModel) {

  /** Under one address, with the simulator's own names for models. */
  public static Target at(URI url, String key) {
    return new Target(URI.create(url + "/v1"), url, key, "sim-1", "sim-embedding");
  }
}
