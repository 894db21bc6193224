package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.Generation;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.chat.Sampling;
import io.warmgate.ai.chat.Tooling;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code MessageCreateParams}. */
final class AnthropicRequestReader {
  private AnthropicRequestReader() {}

  static ChatRequest read(byte[] body) {
    FieldReader root = FieldReader.of(Json.parse(body), "");
    String model = root.neededText("model");
    List<Turn> turns = new ArrayList<>();
    if (root.has("system")) {
      Extras none = Extras.none(ANTHROPIC_MESSAGES);
      turns.add(new Turn(Turn.Role.SYSTEM, AnthropicBlocks.read(root, "system"), none));
    }
    if (!root.has("messages")) {
      throw new TranslationException("messages", "is missing");
    }
    AnthropicMessageReader.read(root.objects("messages"), turns);
    Tooling tooling = AnthropicTools.read(root);
    Generation generation = generation(root);
    Delivery delivery = delivery(root);
    return new ChatRequest(
        model, turns, tooling, generation, delivery, root.rest(ANTHROPIC_MESSAGES));
  }

  private static Generation generation(FieldReader root) {
    Long maxTokens = root.whole("max_tokens");
    if (maxTokens == null) {
      throw new TranslationException("max_tokens", "is missing");
    }
    Sampling sampling =
        new Sampling(
            root.number("temperature"),
            root.number("top_p"),
            root.whole("top_k"),
            null,
            null,
            null);
    List<String> stop = root.texts("stop_sequences");
    FieldReader output = root.object("output_config");
    String effort = output == null ? null : output.text("effort");
    return new Generation(sampling, stop, maxTokens, effort, format(output));
  }

  private static OutputFormat format(@Nullable FieldReader output) {
    JsonNode said = output == null ? null : output.peek("format");
    if (output == null || said == null || !said.path("type").asText("").equals("json_schema")) {
      // Of a kind that is not known here: it stays among the extras.
      return new OutputFormat.PlainText();
    }
    FieldReader format = output.neededObject("format");
    format.any("type");
    return new OutputFormat.JsonSchema(null, null, format.needed("schema"), true);
  }

  private static Delivery delivery(FieldReader root) {
    Delivery.Form form =
        root.isTrue("stream") ? Delivery.Form.STREAM_WITH_USAGE : Delivery.Form.WHOLE;
    FieldReader metadata = root.object("metadata");
    return new Delivery(form, metadata == null ? null : metadata.text("user_id"), Map.of());
  }
}
