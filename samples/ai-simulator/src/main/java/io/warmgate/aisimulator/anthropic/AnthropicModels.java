package io.warmgate.aisimulator.anthropic;

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

/** {@code GET /v1/models} and {@code GET /v1/models/NAME} as Anthropic answers them. */
final class AnthropicModels {
  private final ServedModels models;

  AnthropicModels(ServedModels models) {
    this.models = models;
  }

  private List<ServedModel> offered() {
    return models.all().stream().filter(model -> model.behavior().kind() == Kind.CHAT).toList();
  }

  Answer all() {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    ArrayNode data = list.putArray("data");
    List<ServedModel> offered = offered();
    offered.forEach(model -> data.add(description(model)));
    list.put("has_more", false)
        .put("first_id", offered.isEmpty() ? null : offered.getFirst().name())
        .put("last_id", offered.isEmpty() ? null : offered.getLast().name());
    return new Answer.Whole(200, Map.of(), list, null);
  }

  Answer one(String name) throws Refused {
    return offered().stream()
        .filter(model -> model.name().equals(name))
        .map(model -> new Answer.Whole(200, Map.of(), description(model), null))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /** The error about a model that is not there. */
  static Refused unknown(String name) {
    return Refused.of(404, "model: " + name);
  }

  private static ObjectNode description(ServedModel model) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "model")
        .put("id", model.name())
        .put("display_name", model.name())
        .put("created_at", "2026-01-01T00:00:00Z");
  }
}
