package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.Generation;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.chat.Sampling;
import io.warmgate.ai.json.Json;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The same for the provider. */
final class AnthropicRequestWriter {
  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

  private AnthropicRequestWriter() {}

  static ObjectNode write(ChatRequest request, long maxTokens) {
    ObjectNode root = Json.object().put("model", request.model());
    Generation generation = request.generation();
    root.put("max_tokens", generation.maxTokens() == null ? maxTokens : generation.maxTokens());
    AnthropicMessageWriter.write(request.turns(), root);
    AnthropicTools.write(request.tooling(), root);
    sampling(generation.sampling(), root);
    if (!generation.stop().isEmpty()) {
      ArrayNode stop = root.putArray("stop_sequences");
      generation.stop().forEach(stop::add);
    }
    output(generation, root);
    Delivery delivery = request.delivery();
    if (delivery.form().isStream()) {
      root.put("stream", true);
    }
    if (delivery.user() != null) {
      root.putObject("metadata").put("user_id", delivery.user());
    }
    request.extras().writeTo(root, ANTHROPIC_MESSAGES, "");
    return root;
  }

  private static void sampling(Sampling sampling, ObjectNode root) {
    refuse("frequency_penalty", sampling.frequencyPenalty());
    refuse("presence_penalty", sampling.presencePenalty());
    if (sampling.seed() != null) {
      throw TranslationException.unknownTo(ANTHROPIC_MESSAGES, "seed");
    }
    BigDecimal temperature = sampling.temperature();
    if (temperature != null) {
      if (temperature.compareTo(BigDecimal.ONE) > 0) {
        throw new TranslationException(
            "temperature", "goes up to 1 in " + ANTHROPIC_MESSAGES.title());
      }
      root.put("temperature", temperature);
    }
    if (sampling.topP() != null) {
      root.put("top_p", sampling.topP());
    }
    if (sampling.topK() != null) {
      root.put("top_k", sampling.topK());
    }
  }

  /** 0 is no penalty. */
  private static void refuse(String field, @Nullable BigDecimal penalty) {
    if (penalty != null && penalty.signum() != 0) {
      throw TranslationException.unknownTo(ANTHROPIC_MESSAGES, field);
    }
  }

  private static void output(Generation generation, ObjectNode root) {
    ObjectNode output = Json.object();
    String effort = generation.effort();
    if (effort != null) {
      if (!EFFORTS.contains(effort)) {
        throw TranslationException.unknownTo(
            ANTHROPIC_MESSAGES, "reasoning_effort (" + effort + ")");
      }
      output.put("effort", effort);
    }
    switch (generation.format()) {
      case OutputFormat.PlainText() -> {}
      case OutputFormat.JsonObject() ->
          throw TranslationException.unknownTo(
              ANTHROPIC_MESSAGES, "response_format.type (json_object)");
      case OutputFormat.JsonSchema schema -> output.set("format", format(schema));
    }
    if (!output.isEmpty()) {
      root.set("output_config", output);
    }
  }

  /** A schema has no name here; its description is the schema's own. */
  private static ObjectNode format(OutputFormat.JsonSchema schema) {
    JsonNode said = schema.schema();
    if (said == null) {
      throw new TranslationException(
          "response_format.json_schema.schema", ANTHROPIC_MESSAGES.title() + " needs one");
    }
    ObjectNode node = Json.object().put("type", "json_schema");
    String description = schema.description();
    if (description != null && said instanceof ObjectNode object && !object.has("description")) {
      ObjectNode described = object.deepCopy();
      described.put("description", description);
      said = described;
    }
    node.set("schema", said);
    return node;
  }
}
