package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.object.Json;
import java.util.ArrayList;
import java.util.List;

/** Pods: pending at first; of a pod's spec only images and a few times may change. */
record PodRules() implements KindRules {
  private static final String FORBIDDEN =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
          + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to"
          + " be set to 1 if it was previously negative)";

  @Override
  public void prepareCreate(ObjectNode pod) {
    complete(pod);
    pod.putObject("status").put("phase", "Pending");
  }

  @Override
  public void prepareUpdate(ObjectNode pod, ObjectNode old) {
    complete(pod);
  }

  private static void complete(ObjectNode pod) {
    if (pod.get("spec") instanceof ObjectNode spec) {
      completeContainers(spec);
      Json.setDefault(spec, "enableServiceLinks", Json.bool(true));
    }
  }

  /** Defaults of containers that depend on their other fields; in pods and pod templates. */
  static void completeContainers(ObjectNode podSpec) {
    for (String list : List.of("initContainers", "containers")) {
      for (ObjectNode container : Json.objects(podSpec.path(list))) {
        String image = container.path("image").asText("");
        boolean latest = image.endsWith(":latest") || !image.matches(".*(:[^/:]+|@.+)");
        String policy = latest ? "Always" : "IfNotPresent";
        Json.setDefault(container, "imagePullPolicy", Json.text(policy));
      }
    }
    String account = podSpec.path("serviceAccountName").asText("");
    if (!account.isEmpty()) {
      podSpec.put("serviceAccount", account);
    }
    for (ObjectNode volume : Json.objects(podSpec.path("volumes"))) {
      if (volume.size() == 1) {
        volume.putObject("emptyDir");
      }
    }
  }

  @Override
  public List<FieldError> validate(ObjectNode pod) {
    return pod.at("/spec/containers").isEmpty()
        ? List.of(new FieldError("spec.containers", FieldError.Type.REQUIRED, ""))
        : List.of();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode pod, ObjectNode old) {
    JsonNode before = comparable(old.path("spec"));
    JsonNode after = comparable(pod.path("spec"));
    if (before.equals(after)) {
      return List.of();
    }
    List<FieldError> errors = new ArrayList<>();
    errors.add(new FieldError("spec", FieldError.Type.FORBIDDEN, FORBIDDEN));
    return errors;
  }

  private static JsonNode comparable(JsonNode spec) {
    JsonNode copy = spec.deepCopy();
    if (copy instanceof ObjectNode object) {
      object.remove(List.of("activeDeadlineSeconds", "tolerations", "nodeName"));
      for (String list : List.of("initContainers", "containers")) {
        Json.objects(object.path(list)).forEach(container -> container.remove("image"));
      }
    }
    return copy;
  }
}
