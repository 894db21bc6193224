package io.warmgate.aisimulator.answer;

import com.fasterxml.jackson.databind.JsonNode;

/** The form that the answer's text must have. */
public sealed interface Form {
  /** Prose. */
  record Prose() implements Form {}

  /** Any JSON object. */
  record JsonObject() implements Form {}

  /** JSON that fits a schema. */
  record JsonBySchema(JsonNode schema) implements Form {}
}
