package io.warmgate.aisimulator.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.model.ModelBehavior.Kind;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.shape.Either;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.Flag;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.MapOf;
import io.warmgate.aisimulator.shape.Numeric;
import io.warmgate.aisimulator.shape.Shape;
import io.warmgate.aisimulator.shape.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * TensorFlow Serving's REST API ("RESTful API", tensorflow/serving): {@code predict} by rows and by
 * columns, status and metadata. Its paths begin as OpenAI's list of models does; the model's name
 * tells them apart.
 */
public final class TensorFlowServingDialect extends TensorDialect {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Shape VALUE =
      Either.of(
          Numeric.decimal(-Double.MAX_VALUE, Double.MAX_VALUE),
          Text.any(),
          new Flag(),
          ListOf.any(new Shape.Anything()),
          new MapOf(new Shape.Anything()));
  private static final Fields REQUEST =
      Fields.none()
          .may("signature_name", Text.oneOf("serving_default"))
          .may("instances", ListOf.some(VALUE))
          .may("inputs", VALUE);

  private final ServedModels models;

  public TensorFlowServingDialect(ServedModels models) {
    this.models = models;
  }

  /**
   * Whether a request is in this dialect: it asks a model that takes tensors, or asks to predict.
   */
  public boolean isAsked(Call call) {
    return TensorPath.ofTensorFlow(call.path())
        .filter(
            path ->
                path.action().equals("predict")
                    || models.find(path.model(), Kind.TENSOR).isPresent())
        .isPresent();
  }

  @Override
  public Answer answer(Call call) throws Refused {
    String asked = call.method() + " " + call.path();
    TensorPath path =
        TensorPath.ofTensorFlow(call.path())
            .orElseThrow(() -> Refused.of(404, "Not found: " + asked));
    TensorModel model = TensorModel.find(models, path.model(), path.version());
    return switch (call.method() + " " + path.action()) {
      case "GET " ->
          whole(status(path.version().isEmpty() ? model.versions() : List.of(model.version())));
      case "GET metadata" -> whole(metadata(model));
      case "POST predict" -> predict(model, call.json());
      default -> throw Refused.of(405, "Not allowed: " + asked);
    };
  }

  private Answer predict(TensorModel model, ObjectNode request) throws Refused {
    var contents = new ArrayList<byte[]>();
    boolean rows = request.has("instances");
    try {
      REQUEST.check(request, FieldPath.ROOT);
      if (rows == request.has("inputs")) {
        throw Fault.rule(
            FieldPath.ROOT.field("instances"), "it or 'inputs' must be there, not both");
      }
      if (rows) {
        for (int i = 0; i < request.path("instances").size(); i++) {
          FieldPath at = FieldPath.ROOT.field("instances").index(i);
          contents.add(Base64Values.content(request.path("instances").get(i), at));
        }
      } else {
        contents.add(Base64Values.content(request.path("inputs"), FieldPath.ROOT.field("inputs")));
      }
    } catch (Fault fault) {
      throw say(fault);
    }
    return infer(
        model,
        () -> {
          ArrayNode predictions = JSON.arrayNode();
          contents.forEach(content -> predictions.add(prediction(model.classify(content))));
          ObjectNode answer = JSON.objectNode();
          answer.set(rows ? "predictions" : "outputs", rows ? predictions : predictions.get(0));
          return answer;
        });
  }

  private static ObjectNode prediction(Classification seen) {
    ObjectNode prediction = JSON.objectNode().put("label", seen.label());
    ArrayNode scores = prediction.putArray("scores");
    seen.scores().forEach(scores::add);
    return prediction;
  }

  private static ObjectNode status(List<String> versions) {
    ObjectNode status = JSON.objectNode();
    ArrayNode list = status.putArray("model_version_status");
    for (String version : versions) {
      list.addObject()
          .put("version", version)
          .put("state", "AVAILABLE")
          .putObject("status")
          .put("error_code", "OK")
          .put("error_message", "");
    }
    return status;
  }

  private static JsonNode metadata(TensorModel model) {
    ObjectNode metadata = JSON.objectNode();
    metadata
        .putObject("model_spec")
        .put("name", model.model().name())
        .put("signature_name", "")
        .put("version", model.version());
    metadata.putObject("metadata").putObject("signature_def").putObject("signature_def");
    return metadata;
  }
}
