package io.warmgate.ai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import org.jspecify.annotations.Nullable;

/** Something that a model may call. */
public sealed interface Tool {

  /**
   * One that the application runs.
   *
   * @param schema JSON Schema of the arguments; null: there are none
   * @param strict whether arguments are held to the schema; null: not said
   */
  record Function(
      String name,
      @Nullable String description,
      @Nullable JsonNode schema,
      @Nullable Boolean strict,
      Extras extras)
      implements Tool {}

  /**
   * One that its dialect alone knows: run by the provider, or built into the model.
   *
   * @param extras empty
   */
  record Native(JsonNode node, Extras extras) implements Tool {
    public String type() {
      return node.path("type").asText("");
    }
  }
}
