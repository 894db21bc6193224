package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

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
import org.jspecify.annotations.Nullable;

/** The same for a provider. */
final class OpenAiRequestWriter {
  /** "Up to 4 sequences where the API will stop". */
  private static final int STOPS = 4;

  private OpenAiRequestWriter() {}

  static ObjectNode write(ChatRequest request, OpenAiProvider.Flavour flavour) {
    ObjectNode root = Json.object().put("model", request.model());
    root.set("messages", new OpenAiMessageWriter(flavour).write(request.turns()));
    OpenAiTools.write(request.tooling(), root);
    generation(request.generation(), flavour, root);
    delivery(request.delivery(), root);
    request.extras().writeTo(root, OPENAI_CHAT, "");
    return root;
  }

  private static void generation(
      Generation generation, OpenAiProvider.Flavour flavour, ObjectNode root) {
    sampling(generation.sampling(), root);
    if (generation.stop().size() > STOPS) {
      throw new TranslationException(
          "stop_sequences", OPENAI_CHAT.title() + " takes no more than " + STOPS);
    }
    if (!generation.stop().isEmpty()) {
      ArrayNode stop = root.putArray("stop");
      generation.stop().forEach(stop::add);
    }
    if (generation.maxTokens() != null) {
      root.put(flavour.maxTokens(), generation.maxTokens());
    }
    if (generation.effort() != null) {
      if (generation.effort().equals("max")) {
        throw TranslationException.unknownTo(OPENAI_CHAT, "output_config.effort (max)");
      }
      root.put("reasoning_effort", generation.effort());
    }
    format(generation.format(), root);
  }

  private static void sampling(Sampling sampling, ObjectNode root) {
    if (sampling.topK() != null) {
      throw TranslationException.unknownTo(OPENAI_CHAT, "top_k");
    }
    number(root, "temperature", sampling.temperature());
    number(root, "top_p", sampling.topP());
    number(root, "frequency_penalty", sampling.frequencyPenalty());
    number(root, "presence_penalty", sampling.presencePenalty());
    if (sampling.seed() != null) {
      root.put("seed", sampling.seed());
    }
  }

  private static void number(ObjectNode root, String name, @Nullable BigDecimal value) {
    if (value != null) {
      root.put(name, value);
    }
  }

  private static void format(OutputFormat format, ObjectNode root) {
    switch (format) {
      case OutputFormat.PlainText() -> {}
      case OutputFormat.JsonObject() ->
          root.putObject("response_format").put("type", "json_object");
      case OutputFormat.JsonSchema schema -> {
        ObjectNode node = root.putObject("response_format").put("type", "json_schema");
        ObjectNode inner = node.putObject("json_schema");
        // Anthropic's have no name, and here one is needed.
        inner.put("name", schema.name() == null ? "answer" : schema.name());
        if (schema.description() != null) {
          inner.put("description", schema.description());
        }
        if (schema.schema() != null) {
          inner.set("schema", schema.schema());
        }
        if (schema.strict() != null) {
          inner.put("strict", schema.strict());
        }
      }
    }
  }

  private static void delivery(Delivery delivery, ObjectNode root) {
    if (delivery.form().isStream()) {
      root.put("stream", true);
      // Whatever the client wants to see of it: what was used has to be known.
      root.putObject("stream_options").put("include_usage", true);
    }
    if (delivery.user() != null) {
      root.put("user", delivery.user());
    }
    if (!delivery.metadata().isEmpty()) {
      ObjectNode metadata = root.putObject("metadata");
      delivery.metadata().forEach(metadata::put);
    }
  }
}
