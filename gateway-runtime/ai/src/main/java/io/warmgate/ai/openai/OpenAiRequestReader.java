package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CreateChatCompletionRequest}. */
final class OpenAiRequestReader {
  private OpenAiRequestReader() {}

  static ChatRequest read(byte[] body) {
    FieldReader root = FieldReader.of(Json.parse(body), "");
    String model = root.neededText("model");
    if (!root.has("messages")) {
      throw new TranslationException("messages", "is missing");
    }
    List<Turn> turns = OpenAiMessageReader.read(root.objects("messages"));
    Tooling tooling = OpenAiTools.read(root);
    Generation generation = generation(root);
    Delivery delivery = delivery(root);
    return new ChatRequest(model, turns, tooling, generation, delivery, root.rest(OPENAI_CHAT));
  }

  /** Completions have the same. */
  static Sampling sampling(FieldReader root) {
    return new Sampling(
        root.number("temperature"),
        root.number("top_p"),
        null,
        root.number("frequency_penalty"),
        root.number("presence_penalty"),
        root.whole("seed"));
  }

  private static Generation generation(FieldReader root) {
    return new Generation(
        sampling(root),
        root.texts("stop"),
        maxTokens(root),
        root.text("reasoning_effort"),
        format(root));
  }

  /** {@code max_tokens} is the name of before; whoever says both has to mean one. */
  private static @Nullable Long maxTokens(FieldReader root) {
    Long before = root.whole("max_tokens");
    Long now = root.whole("max_completion_tokens");
    if (before != null && now != null && !before.equals(now)) {
      throw new TranslationException("max_tokens", "is another than max_completion_tokens");
    }
    return now == null ? before : now;
  }

  private static OutputFormat format(FieldReader root) {
    JsonNode said = root.peek("response_format");
    String type = said == null ? "text" : said.path("type").asText("");
    return switch (type) {
      case "text" -> {
        typed(root);
        yield new OutputFormat.PlainText();
      }
      case "json_object" -> {
        typed(root);
        yield new OutputFormat.JsonObject();
      }
      case "json_schema" -> schema(typed(root).neededObject("json_schema"));
      // Of a kind that is not known here: it stays among the extras.
      default -> new OutputFormat.PlainText();
    };
  }

  private static FieldReader typed(FieldReader root) {
    FieldReader format = root.object("response_format");
    if (format == null) {
      return FieldReader.of(Json.object(), "response_format");
    }
    format.any("type");
    return format;
  }

  private static OutputFormat schema(FieldReader json) {
    return new OutputFormat.JsonSchema(
        json.neededText("name"),
        json.text("description"),
        json.any("schema"),
        json.truth("strict"));
  }

  private static Delivery delivery(FieldReader root) {
    boolean stream = root.isTrue("stream");
    FieldReader options = root.object("stream_options");
    boolean usage = options != null && options.isTrue("include_usage");
    Delivery.Form form =
        !stream
            ? Delivery.Form.WHOLE
            : usage ? Delivery.Form.STREAM_WITH_USAGE : Delivery.Form.STREAM;
    return new Delivery(form, root.text("user"), root.namedTexts("metadata"));
  }
}
