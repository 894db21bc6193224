package io.warmgate.ai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What form the answer's text has. */
public sealed interface OutputFormat {
  record PlainText() implements OutputFormat {}

  /** Some JSON object. */
  record JsonObject() implements OutputFormat {}

  /**
   * JSON by a schema.
   *
   * @param name null where the dialect gives it none
   * @param schema null: not given
   * @param strict null: not said
   */
  record JsonSchema(
      @Nullable String name,
      @Nullable String description,
      @Nullable JsonNode schema,
      @Nullable Boolean strict)
      implements OutputFormat {}
}
