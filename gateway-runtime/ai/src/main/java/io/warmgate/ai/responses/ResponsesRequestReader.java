package io.warmgate.ai.responses;

import static io.warmgate.ai.Dialect.OPENAI_RESPONSES;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.Generation;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Sampling;
import io.warmgate.ai.chat.Tooling;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code CreateResponse}. */
final class ResponsesRequestReader {
  /** Told as a turn; left among the extras so that the response can repeat it. */
  static final String INSTRUCTIONS = "instructions";

  private static final Extras NONE = Extras.none(OPENAI_RESPONSES);

  /** What is asked may lie at the provider's. */
  private static final List<String> ELSEWHERE =
      List.of("previous_response_id", "conversation", "prompt");

  private ResponsesRequestReader() {}

  static ChatRequest read(byte[] body) {
    FieldReader root = FieldReader.of(Json.parse(body), "");
    String model = root.neededText("model");
    List<Turn> turns = turns(root);
    Tooling tooling = ResponsesTools.read(root);
    Generation generation = generation(root);
    Delivery delivery = delivery(root);
    return new ChatRequest(
        model, turns, tooling, generation, delivery, root.rest(OPENAI_RESPONSES));
  }

  /** Of which nothing is known but whom it asked. */
  static ChatRequest nothing(String model) {
    Generation generation =
        new Generation(Sampling.DEFAULT, List.of(), null, null, new OutputFormat.PlainText());
    Delivery delivery = new Delivery(Delivery.Form.WHOLE, null, Map.of());
    return new ChatRequest(model, List.of(), Tooling.NONE, generation, delivery, NONE);
  }

  private static List<Turn> turns(FieldReader root) {
    List<Turn> turns = new ArrayList<>();
    JsonNode instructions = root.peek(INSTRUCTIONS);
    if (instructions != null) {
      if (!instructions.isTextual()) {
        throw new TranslationException(INSTRUCTIONS, "must be a string");
      }
      turns.add(text(Turn.Role.SYSTEM, instructions.textValue()));
    }
    JsonNode input = root.peek("input");
    if (input == null) {
      if (ELSEWHERE.stream().noneMatch(root::has)) {
        throw new TranslationException("input", "is missing");
      }
    } else if (input.isTextual()) {
      turns.add(text(Turn.Role.USER, root.neededText("input")));
    } else {
      turns.addAll(ResponsesInput.read(root.objects("input"), input));
    }
    return turns;
  }

  private static Turn text(Turn.Role role, String text) {
    return new Turn(role, List.of(new Part.Text(text, NONE)), NONE);
  }

  private static Generation generation(FieldReader root) {
    Sampling sampling =
        new Sampling(root.number("temperature"), root.number("top_p"), null, null, null, null);
    FieldReader reasoning = root.object("reasoning");
    String effort = reasoning == null ? null : reasoning.text("effort");
    OutputFormat format = format(root.object("text"));
    return new Generation(sampling, List.of(), root.whole("max_output_tokens"), effort, format);
  }

  private static OutputFormat format(@Nullable FieldReader text) {
    JsonNode said = text == null ? null : text.peek("format");
    if (text == null || said == null) {
      return new OutputFormat.PlainText();
    }
    return switch (said.path("type").asText("")) {
      case "text" -> {
        text.neededObject("format").any("type");
        yield new OutputFormat.PlainText();
      }
      case "json_object" -> {
        text.neededObject("format").any("type");
        yield new OutputFormat.JsonObject();
      }
      case "json_schema" -> schema(text.neededObject("format"));
      // Of a kind that is not known here: it stays among the extras.
      default -> new OutputFormat.PlainText();
    };
  }

  private static OutputFormat schema(FieldReader format) {
    format.any("type");
    return new OutputFormat.JsonSchema(
        format.neededText("name"),
        format.text("description"),
        format.needed("schema"),
        format.truth("strict"));
  }

  /** Streams end with what was used, always. */
  private static Delivery delivery(FieldReader root) {
    Delivery.Form form =
        root.isTrue("stream") ? Delivery.Form.STREAM_WITH_USAGE : Delivery.Form.WHOLE;
    return new Delivery(form, root.text("user"), root.namedTexts("metadata"));
  }
}
