package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Generation;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.chat.Sampling;
import io.warmgate.ai.json.Json;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code ConverseRequest}. */
final class BedrockRequestWriter {
  /** {@code outputConfig.effort}: "supported values". */
  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

  private BedrockRequestWriter() {}

  static ObjectNode write(ChatRequest request) {
    ObjectNode root = Json.object();
    BedrockMessages messages = new BedrockMessages();
    messages.write(request.turns(), root);
    BedrockTools.write(request.tooling(), messages.haveCalls(), root);
    ObjectNode inference = inference(request.generation());
    if (!inference.isEmpty()) {
      root.set("inferenceConfig", inference);
    }
    ObjectNode output = output(request.generation());
    if (!output.isEmpty()) {
      root.set("outputConfig", output);
    }
    request.extras().requireInert(BEDROCK_CONVERSE, "");
    return root;
  }

  private static ObjectNode inference(Generation generation) {
    ObjectNode config = Json.object();
    if (generation.maxTokens() != null) {
      config.put("maxTokens", generation.maxTokens());
    }
    sampling(generation.sampling(), config);
    if (!generation.stop().isEmpty()) {
      ArrayNode stop = config.putArray("stopSequences");
      generation.stop().forEach(stop::add);
    }
    return config;
  }

  private static void sampling(Sampling sampling, ObjectNode config) {
    refuse("frequency_penalty", sampling.frequencyPenalty());
    refuse("presence_penalty", sampling.presencePenalty());
    if (sampling.seed() != null) {
      throw TranslationException.unknownTo(BEDROCK_CONVERSE, "seed");
    }
    if (sampling.topK() != null) {
      // Each model has another name for it.
      throw TranslationException.unknownTo(BEDROCK_CONVERSE, "top_k");
    }
    BigDecimal temperature = sampling.temperature();
    if (temperature != null) {
      if (temperature.compareTo(BigDecimal.ONE) > 0) {
        throw new TranslationException(
            "temperature", "goes up to 1 in " + BEDROCK_CONVERSE.title());
      }
      config.put("temperature", temperature);
    }
    if (sampling.topP() != null) {
      config.put("topP", sampling.topP());
    }
  }

  /** 0 is no penalty. */
  private static void refuse(String field, @Nullable BigDecimal penalty) {
    if (penalty != null && penalty.signum() != 0) {
      throw TranslationException.unknownTo(BEDROCK_CONVERSE, field);
    }
  }

  private static ObjectNode output(Generation generation) {
    ObjectNode output = Json.object();
    switch (generation.format()) {
      case OutputFormat.PlainText() -> {}
      case OutputFormat.JsonObject() ->
          throw TranslationException.unknownTo(
              BEDROCK_CONVERSE, "response_format.type (json_object)");
      case OutputFormat.JsonSchema schema -> output.set("textFormat", format(schema));
    }
    String effort = generation.effort();
    if (effort != null) {
      if (!EFFORTS.contains(effort)) {
        throw TranslationException.unknownTo(BEDROCK_CONVERSE, "reasoning_effort (" + effort + ")");
      }
      output.put("effort", effort);
    }
    return output;
  }

  /** The schema is text here. */
  private static ObjectNode format(OutputFormat.JsonSchema said) {
    JsonNode schema = said.schema();
    if (schema == null) {
      throw new TranslationException(
          "response_format.json_schema.schema", BEDROCK_CONVERSE.title() + " needs one");
    }
    ObjectNode format = Json.object().put("type", "json_schema");
    ObjectNode told = format.putObject("structure").putObject("jsonSchema");
    told.put("schema", Json.string(schema));
    if (said.name() != null) {
      told.put("name", said.name());
    }
    if (said.description() != null) {
      told.put("description", said.description());
    }
    return format;
  }
}
