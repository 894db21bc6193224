package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GenerateContentRequest}. */
final class GeminiRequestWriter {
  private static final BigDecimal HOTTEST = BigDecimal.TWO;

  /** {@code stopSequences}: "up to 5". */
  private static final int STOPS = 5;

  private GeminiRequestWriter() {}

  static ObjectNode write(ChatRequest request) {
    ObjectNode root = Json.object();
    new GeminiContents(request.model()).write(request.turns(), root);
    GeminiTools.write(request.tooling(), root);
    ObjectNode config = generation(request.generation(), request.model());
    if (!config.isEmpty()) {
      root.set("generationConfig", config);
    }
    request.extras().requireInert(GEMINI, "");
    return root;
  }

  private static ObjectNode generation(Generation generation, String model) {
    ObjectNode config = Json.object();
    sampling(generation.sampling(), config);
    List<String> stops = generation.stop();
    if (stops.size() > STOPS) {
      throw new TranslationException("stop", GEMINI.title() + " takes no more than " + STOPS);
    }
    if (!stops.isEmpty()) {
      ArrayNode stop = config.putArray("stopSequences");
      stops.forEach(stop::add);
    }
    if (generation.maxTokens() != null) {
      config.put("maxOutputTokens", generation.maxTokens());
    }
    if (generation.effort() != null) {
      config.set("thinkingConfig", GeminiEffort.write(generation.effort(), model));
    }
    format(generation.format(), config);
    return config;
  }

  private static void sampling(Sampling sampling, ObjectNode config) {
    BigDecimal temperature = sampling.temperature();
    if (temperature != null && temperature.compareTo(HOTTEST) > 0) {
      throw new TranslationException("temperature", "goes up to 2 in " + GEMINI.title());
    }
    number(config, "temperature", temperature);
    number(config, "topP", sampling.topP());
    if (sampling.topK() != null) {
      config.put("topK", sampling.topK());
    }
    number(config, "presencePenalty", sampling.presencePenalty());
    number(config, "frequencyPenalty", sampling.frequencyPenalty());
    Long seed = sampling.seed();
    if (seed != null) {
      if (seed.intValue() != seed) {
        throw new TranslationException("seed", "has 32 bits in " + GEMINI.title());
      }
      config.put("seed", seed);
    }
  }

  private static void number(ObjectNode config, String name, @Nullable BigDecimal value) {
    if (value != null) {
      config.put(name, value);
    }
  }

  /** An answer by a schema always fits it here, whether or not that is asked for. */
  private static void format(OutputFormat format, ObjectNode config) {
    switch (format) {
      case OutputFormat.PlainText() -> {}
      case OutputFormat.JsonObject() -> config.put("responseMimeType", "application/json");
      case OutputFormat.JsonSchema(var name, String description, JsonNode schema, var strict) -> {
        config.put("responseMimeType", "application/json");
        if (schema != null) {
          JsonNode told = GeminiSchema.of(schema, "response_format.json_schema.schema");
          if (description != null && told instanceof ObjectNode root && !root.has("description")) {
            root.put("description", description);
          }
          config.set("responseJsonSchema", told);
        }
      }
    }
  }
}
