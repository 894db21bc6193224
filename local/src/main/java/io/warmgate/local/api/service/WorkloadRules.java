package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Deployments, ReplicaSets, StatefulSets: defaults that depend on other fields, the selector.
 *
 * @param kind in lower case, as messages have it
 */
record WorkloadRules(String kind) implements KindRules {
  @Override
  public void prepareCreate(ObjectNode object) {
    complete(object);
    ObjectNode status = object.putObject("status");
    if (!kind.equals("deployment")) {
      status.put("replicas", 0);
    }
    if (kind.equals("statefulset")) {
      status.put("availableReplicas", 0);
    }
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    complete(object);
  }

  private static void complete(ObjectNode object) {
    if (object.at("/spec/template/spec") instanceof ObjectNode pod) {
      PodRules.completeContainers(pod);
    }
    JsonNode strategy = object.at("/spec/strategy");
    if (strategy.path("type").asText().equals("RollingUpdate")) {
      ObjectNode rolling = Json.child((ObjectNode) strategy, "rollingUpdate");
      Json.setDefault(rolling, "maxSurge", Json.text("25%"));
      Json.setDefault(rolling, "maxUnavailable", Json.text("25%"));
    }
    JsonNode update = object.at("/spec/updateStrategy");
    if (update.path("type").asText().equals("RollingUpdate")) {
      ObjectNode rolling = Json.child((ObjectNode) update, "rollingUpdate");
      Json.setDefault(rolling, "partition", Json.number(0));
      Json.setDefault(rolling, "maxUnavailable", Json.number(1));
    }
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode selector = object.at("/spec/selector");
    if (selector.isObject() && selector.isEmpty()) {
      String words = "{}: empty selector is invalid for " + kind;
      errors.add(new FieldError("spec.selector", FieldError.Type.INVALID, words));
    }
    if (object.at("/spec/template/spec/containers").isEmpty()) {
      errors.add(new FieldError("spec.template.spec.containers", FieldError.Type.REQUIRED, ""));
    }
    JsonNode labels = object.at("/spec/template/metadata/labels");
    for (Map.Entry<String, JsonNode> wanted : selector.path("matchLabels").properties()) {
      if (!labels.path(wanted.getKey()).equals(wanted.getValue())) {
        errors.add(
            new FieldError(
                "spec.template.metadata.labels",
                FieldError.Type.INVALID,
                Json.compact(labels.isObject() ? labels : Json.object())
                    + ": `selector` does not match template `labels`"));
        break;
      }
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    JsonNode selector = object.at("/spec/selector");
    if (selector.equals(old.at("/spec/selector"))) {
      return List.of();
    }
    String words = Json.compact(selector) + ": field is immutable";
    return List.of(new FieldError("spec.selector", FieldError.Type.INVALID, words));
  }
}
