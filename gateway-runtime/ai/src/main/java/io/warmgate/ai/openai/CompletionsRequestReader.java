package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_COMPLETIONS;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.Generation;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Tooling;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.util.List;
import java.util.Map;

/** {@code CreateCompletionRequest}, of one prompt in words. */
final class CompletionsRequestReader {
  /** "max_tokens: defaults to 16". Elsewhere it is as many as the model has. */
  private static final long MAX_TOKENS = 16;

  private static final Extras NONE = Extras.none(OPENAI_COMPLETIONS);

  private CompletionsRequestReader() {}

  static ChatRequest read(byte[] body) {
    FieldReader root = FieldReader.of(Json.parse(body), "");
    String model = root.neededText("model");
    Turn turn = new Turn(Turn.Role.USER, List.of(new Part.Text(prompt(root), NONE)), NONE);
    Generation generation =
        new Generation(
            OpenAiRequestReader.sampling(root),
            root.texts("stop"),
            root.wholeOr("max_tokens", MAX_TOKENS),
            null,
            new OutputFormat.PlainText());
    Delivery delivery = new Delivery(form(root), root.text("user"), Map.of());
    return new ChatRequest(
        model, List.of(turn), Tooling.NONE, generation, delivery, root.rest(OPENAI_COMPLETIONS));
  }

  private static String prompt(FieldReader root) {
    JsonNode said = root.needed("prompt");
    JsonNode only = said.isArray() && said.size() == 1 ? said.path(0) : said;
    if (only.isTextual()) {
      return only.textValue();
    }
    boolean several = said.isArray() && said.path(0).isTextual();
    throw new TranslationException(
        "prompt", several ? "several prompts are several requests" : "must be a string");
  }

  private static Delivery.Form form(FieldReader root) {
    FieldReader options = root.object("stream_options");
    boolean usage = options != null && options.isTrue("include_usage");
    if (!root.isTrue("stream")) {
      return Delivery.Form.WHOLE;
    }
    return usage ? Delivery.Form.STREAM_WITH_USAGE : Delivery.Form.STREAM;
  }
}
