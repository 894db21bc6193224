package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.model.ModelBehavior.Kind;
import io.warmgate.aisimulator.model.ServedModel;
import io.warmgate.aisimulator.model.ServedModels;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/models} and {@code GET /v1/models/NAME}. */
final class ModelList {
  /** 2026-01-01, when all models were made. */
  private static final long CREATED = 1_767_225_600;

  private final ServedModels models;

  ModelList(ServedModels models) {
    this.models = models;
  }

  /** What can be asked here: no models for tensors. */
  private List<ServedModel> offered() {
    return models.all().stream().filter(model -> model.behavior().kind() != Kind.TENSOR).toList();
  }

  Answer all() {
    ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = list.putArray("data");
    offered().forEach(model -> data.add(description(model)));
    return new Answer.Whole(200, Map.of(), list, null);
  }

  Answer one(String name) throws Refused {
    return offered().stream()
        .filter(model -> model.name().equals(name))
        .map(model -> new Answer.Whole(200, Map.of(), description(model), null))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /** The error about a model that is not there, or cannot be asked this. */
  static Refused unknown(String name) {
    return Refused.of(404, "The model `%s` does not exist.".formatted(name))
        .about("model")
        .coded("model_not_found");
  }

  private static ObjectNode description(ServedModel model) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", model.name())
        .put("object", "model")
        .put("created", CREATED)
        .put("owned_by", "simulator");
  }
}
