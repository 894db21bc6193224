package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Tokens;
import io.warmgate.aisimulator.answer.Vector;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Desk;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.model.ModelBehavior.Kind;
import io.warmgate.aisimulator.model.ServedModel;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.shape.Either;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.Numeric;
import io.warmgate.aisimulator.shape.Shape;
import io.warmgate.aisimulator.shape.Text;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /v1/embeddings}. */
final class Embeddings {
  private static final int DEFAULT_DIMENSIONS = 16;
  private static final Shape TEXT = Text.matching("(?s).+");
  private static final Shape TOKEN = Numeric.integer(0, Integer.MAX_VALUE);
  private static final Shape TOKENS = new ListOf(TOKEN, 1, 2048);
  private static final Fields REQUEST =
      Fields.none()
          .need("input", Either.of(TEXT, new ListOf(Either.of(TEXT, TOKEN, TOKENS), 1, 2048)))
          .need("model", Text.any())
          .may("dimensions", Numeric.integer(1, 3072))
          .may("encoding_format", Text.oneOf("float", "base64"))
          .may("user", Text.any());

  private final Desk desk;
  private final ServedModels models;

  Embeddings(Dialect dialect, ServedModels models) {
    this.desk = new Desk(dialect);
    this.models = models;
  }

  Answer answer(ObjectNode request) throws Refused, Fault {
    REQUEST.check(request, FieldPath.ROOT);
    List<String> items = items(request.path("input"));
    String name = request.path("model").textValue();
    ServedModel model =
        models.find(name, Kind.EMBEDDING).orElseThrow(() -> ModelList.unknown(name));
    return desk.serve(
        model,
        Desk.Mode.WHOLE,
        (by, headers) -> {
          int tokens = items.stream().mapToInt(Tokens::count).sum();
          model.count(tokens, 0);
          return new Answer.Whole(200, headers, body(request, items, by, tokens), by);
        });
  }

  /** The texts; token ids are written out, since a list of them is one text, too. */
  private static List<String> items(JsonNode input) throws Fault {
    if (input.isTextual()) {
      return List.of(input.textValue());
    }
    JsonNode first = input.get(0);
    for (JsonNode element : input) {
      if (element.getNodeType() != first.getNodeType()) {
        throw Fault.rule(FieldPath.ROOT.field("input"), "'input' mixes texts and tokens.");
      }
    }
    if (first.isNumber()) {
      return List.of(input.toString());
    }
    var items = new ArrayList<String>();
    input.forEach(
        element -> items.add(element.isTextual() ? element.asText() : element.toString()));
    return items;
  }

  private static ObjectNode body(ObjectNode request, List<String> items, Answer.By by, int tokens) {
    int dimensions = request.path("dimensions").asInt(DEFAULT_DIMENSIONS);
    boolean base64 = request.path("encoding_format").asText().equals("base64");
    String name = by.model().name();
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("object", "list").put("model", name);
    ArrayNode data = body.putArray("data");
    for (int i = 0; i < items.size(); i++) {
      Vector vector =
          Vector.of(items.get(i), name + " version " + by.behavior().version(), dimensions);
      ObjectNode item = data.addObject().put("object", "embedding").put("index", i);
      if (base64) {
        item.put("embedding", vector.base64());
      } else {
        ArrayNode values = item.putArray("embedding");
        vector.values().forEach(values::add);
      }
    }
    body.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return body;
  }
}
