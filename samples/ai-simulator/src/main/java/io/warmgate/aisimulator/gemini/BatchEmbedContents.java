package io.warmgate.aisimulator.gemini;

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
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.Numeric;
import io.warmgate.aisimulator.shape.Text;

/** {@code models/NAME:batchEmbedContents}: vectors, and no word of tokens. */
final class BatchEmbedContents {
  private static final int DEFAULT_DIMENSIONS = 16;

  private static final Fields CONTENT =
      Fields.none()
          .may("role", Text.oneOf("user"))
          .need("parts", ListOf.some(Fields.none().need("text", Text.matching("(?s).+"))));

  private static final Fields REQUEST =
      Fields.none()
          .need(
              "requests",
              new ListOf(
                  Fields.none()
                      .need("model", Text.any())
                      .need("content", CONTENT)
                      .may("outputDimensionality", Numeric.integer(1, 3072)),
                  1,
                  100));

  private final Desk desk;
  private final ServedModels models;

  BatchEmbedContents(Dialect dialect, ServedModels models) {
    this.desk = new Desk(dialect);
    this.models = models;
  }

  Answer answer(String name, ObjectNode request) throws Refused, Fault {
    REQUEST.check(request, FieldPath.ROOT);
    for (JsonNode one : request.path("requests")) {
      if (!one.path("model").asText().equals("models/" + name)) {
        throw Fault.rule(FieldPath.ROOT.field("requests"), "the model must be that of the batch");
      }
    }
    ServedModel model =
        models.find(name, Kind.EMBEDDING).orElseThrow(() -> GenerateContent.unknown(name));
    return desk.serve(
        model,
        Desk.Mode.WHOLE,
        (by, headers) -> {
          ObjectNode body = JsonNodeFactory.instance.objectNode();
          ArrayNode embeddings = body.putArray("embeddings");
          for (JsonNode one : request.path("requests")) {
            String text = one.path("content").path("parts").path(0).path("text").asText();
            model.count(Tokens.count(text), 0);
            ArrayNode values = embeddings.addObject().putArray("values");
            Vector.of(
                    text,
                    name + " version " + by.behavior().version(),
                    one.path("outputDimensionality").asInt(DEFAULT_DIMENSIONS))
                .values()
                .forEach(values::add);
          }
          return new Answer.Whole(200, headers, body, by);
        });
  }
}
