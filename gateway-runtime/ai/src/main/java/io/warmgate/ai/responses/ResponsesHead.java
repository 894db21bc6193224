package io.warmgate.ai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Generation;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A response but for what the model said: it repeats what was asked. Nothing is kept of it, so
 * {@code store} is false whatever OpenAI's default is.
 *
 * @param nowSeconds since the epoch, where the provider does not say when
 */
record ResponsesHead(AnswerId id, ChatRequest asked, long nowSeconds) {

  /**
   * @param reason why it is incomplete; null: it is not, or not yet
   * @return with {@code output} empty, and {@code usage} and {@code error} null
   */
  ObjectNode node(String status, @Nullable String reason) {
    Long created = id.createdSeconds();
    ObjectNode root =
        Json.object()
            .put("id", "resp_" + id.id())
            .put("object", "response")
            .put("created_at", created == null ? nowSeconds : created)
            .put("status", status)
            .put("background", false);
    root.putNull("error");
    if (reason == null) {
      root.putNull("incomplete_details");
    } else {
      root.putObject("incomplete_details").put("reason", reason);
    }
    root.put("model", id.model().isEmpty() ? asked.model() : id.model());
    root.putArray("output");
    root.putNull("usage");
    repeat(root);
    return root;
  }

  private void repeat(ObjectNode root) {
    Generation generation = asked.generation();
    root.set("instructions", said(ResponsesRequestReader.INSTRUCTIONS));
    root.put("max_output_tokens", generation.maxTokens());
    ObjectNode metadata = root.putObject("metadata");
    asked.delivery().metadata().forEach(metadata::put);
    root.putNull("previous_response_id");
    ObjectNode reasoning = root.putObject("reasoning");
    reasoning.put("effort", generation.effort());
    reasoning.put("summary", said("reasoning").path("summary").textValue());
    root.put("store", false);
    root.put("temperature", generation.sampling().temperature());
    root.putObject("text").set("format", format(generation.format()));
    ResponsesTools.repeat(asked.tooling(), root);
    root.put("top_p", generation.sampling().topP());
    root.put("truncation", "disabled");
    root.put("user", asked.delivery().user());
  }

  /** Null where it is not. */
  private JsonNode said(String name) {
    JsonNode said = asked.extras().fields().get(name);
    return said == null ? Json.nothing() : said;
  }

  private static ObjectNode format(OutputFormat format) {
    return switch (format) {
      case OutputFormat.PlainText() -> Json.object().put("type", "text");
      case OutputFormat.JsonObject() -> Json.object().put("type", "json_object");
      case OutputFormat.JsonSchema schema -> {
        ObjectNode node = Json.object().put("type", "json_schema").put("name", schema.name());
        node.put("description", schema.description());
        node.set("schema", schema.schema());
        yield node.put("strict", Boolean.TRUE.equals(schema.strict()));
      }
    };
  }
}
