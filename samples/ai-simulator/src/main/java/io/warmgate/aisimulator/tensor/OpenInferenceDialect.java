package io.warmgate.aisimulator.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.Text;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The Open Inference Protocol v2 (kserve/open-inference-protocol) over REST, under {@code /v2}.
 * Tensors are in JSON: the binary extension is not part of the protocol.
 */
public final class OpenInferenceDialect extends TensorDialect {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Fields REQUEST =
      Fields.none()
          .may("id", Text.any())
          .may("parameters", Tensor.PARAMETERS)
          .need("inputs", ListOf.some(Tensor.SHAPE))
          .may(
              "outputs",
              ListOf.some(
                  Fields.none()
                      .need("name", Text.oneOf("label", "scores"))
                      .may("parameters", Tensor.PARAMETERS)));

  private final ServedModels models;

  public OpenInferenceDialect(ServedModels models) {
    this.models = models;
  }

  @Override
  public Answer answer(Call call) throws Refused {
    String asked = call.method() + " " + call.path();
    return switch (asked) {
      case "GET /v2" -> whole(server());
      case "GET /v2/health/live" -> whole(JSON.objectNode().put("live", true));
      case "GET /v2/health/ready" -> whole(JSON.objectNode().put("ready", true));
      default -> ofModel(call, asked);
    };
  }

  private static ObjectNode server() {
    ObjectNode server = JSON.objectNode().put("name", "ai-simulator").put("version", "1");
    server.putArray("extensions");
    return server;
  }

  private Answer ofModel(Call call, String asked) throws Refused {
    TensorPath path =
        TensorPath.ofOpenInference(call.path())
            .orElseThrow(() -> Refused.of(404, "not found: " + asked));
    TensorModel model = TensorModel.find(models, path.model(), path.version());
    return switch (call.method() + " " + path.action()) {
      case "GET " -> whole(metadata(model));
      case "GET ready" -> whole(JSON.objectNode().put("name", path.model()).put("ready", true));
      case "POST infer" -> infer(model, call.json());
      default -> throw Refused.of(405, "not allowed: " + asked);
    };
  }

  private Answer infer(TensorModel model, ObjectNode request) throws Refused {
    var content = new ByteArrayOutputStream();
    try {
      REQUEST.check(request, FieldPath.ROOT);
      JsonNode inputs = request.path("inputs");
      for (int i = 0; i < inputs.size(); i++) {
        FieldPath at = FieldPath.ROOT.field("inputs").index(i);
        content.writeBytes(Tensor.content(inputs.get(i), at));
      }
    } catch (Fault fault) {
      throw say(fault);
    }
    return infer(model, () -> answer(model, request, model.classify(content.toByteArray())));
  }

  private static ObjectNode answer(TensorModel model, JsonNode request, Classification seen) {
    ObjectNode answer =
        JSON.objectNode()
            .put("model_name", model.model().name())
            .put("model_version", model.version());
    if (request.has("id")) {
      answer.set("id", request.path("id"));
    }
    ArrayNode outputs = answer.putArray("outputs");
    if (wanted(request, "label")) {
      ObjectNode label = outputs.addObject().put("name", "label");
      label.putArray("shape").add(1);
      label.put("datatype", "BYTES").putArray("data").add(seen.label());
    }
    if (wanted(request, "scores")) {
      ObjectNode scores = outputs.addObject().put("name", "scores");
      scores.putArray("shape").add(1).add(seen.scores().size());
      ArrayNode data = scores.put("datatype", "FP32").putArray("data");
      seen.scores().forEach(data::add);
    }
    return answer;
  }

  private static boolean wanted(JsonNode request, String output) {
    return !request.has("outputs")
        || request.path("outputs").findValuesAsText("name").contains(output);
  }

  private static ObjectNode metadata(TensorModel model) {
    ObjectNode metadata = JSON.objectNode().put("name", model.model().name());
    ArrayNode versions = metadata.putArray("versions");
    model.versions().reversed().forEach(versions::add);
    metadata.put("platform", "simulator");
    tensor(metadata.putArray("inputs"), "image", "UINT8", List.of(-1));
    ArrayNode outputs = metadata.putArray("outputs");
    tensor(outputs, "label", "BYTES", List.of(1));
    tensor(outputs, "scores", "FP32", List.of(1, Classification.LABELS.size()));
    return metadata;
  }

  private static void tensor(ArrayNode list, String name, String datatype, List<Integer> shape) {
    ObjectNode tensor = list.addObject().put("name", name).put("datatype", datatype);
    ArrayNode dimensions = tensor.putArray("shape");
    shape.forEach(dimensions::add);
  }
}
