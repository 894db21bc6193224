package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The rules of kinds that have few. */
final class SimpleRules {
  private SimpleRules() {}

  /** Secrets: {@code stringData} goes into {@code data}; immutable ones do not change. */
  record OfSecret() implements KindRules {
    @Override
    public void prepareCreate(ObjectNode secret) {
      encode(secret);
    }

    @Override
    public void prepareUpdate(ObjectNode secret, ObjectNode old) {
      encode(secret);
    }

    private static void encode(ObjectNode secret) {
      JsonNode plain = secret.remove("stringData");
      if (plain != null) {
        ObjectNode data = Json.child(secret, "data");
        for (Map.Entry<String, JsonNode> entry : plain.properties()) {
          byte[] value = entry.getValue().asText().getBytes(StandardCharsets.UTF_8);
          data.put(entry.getKey(), Base64.getEncoder().encodeToString(value));
        }
      }
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode secret, ObjectNode old) {
      if (!secret.path("type").equals(old.path("type"))) {
        String words = Json.compact(secret.path("type")) + ": field is immutable";
        return List.of(new FieldError("type", FieldError.Type.INVALID, words));
      }
      return unchangedIfImmutable(secret, old);
    }
  }

  /** ConfigMaps: immutable ones do not change. */
  record OfConfigMap() implements KindRules {
    @Override
    public List<FieldError> validateUpdate(ObjectNode map, ObjectNode old) {
      return unchangedIfImmutable(map, old);
    }
  }

  private static List<FieldError> unchangedIfImmutable(ObjectNode object, ObjectNode old) {
    boolean changed =
        List.of("data", "binaryData", "immutable").stream()
            .anyMatch(field -> !object.path(field).equals(old.path(field)));
    return old.path("immutable").asBoolean(false) && changed
        ? List.of(
            new FieldError(
                "data", FieldError.Type.FORBIDDEN, "field is immutable when `immutable` is set"))
        : List.of();
  }

  /** Namespaces: active, finalized by the server, labelled with their name. */
  record OfNamespace() implements KindRules {
    @Override
    public void prepareCreate(ObjectNode namespace) {
      label(namespace);
      Json.child(namespace, "spec").putArray("finalizers").add("kubernetes");
      namespace.putObject("status").put("phase", "Active");
    }

    @Override
    public void prepareUpdate(ObjectNode namespace, ObjectNode old) {
      label(namespace);
      namespace.set("spec", old.path("spec"));
    }

    private static void label(ObjectNode namespace) {
      Json.child(Meta.mutable(namespace), "labels")
          .put("kubernetes.io/metadata.name", Meta.of(namespace).name());
    }
  }

  /** Network policies: which directions they are about. */
  record OfNetworkPolicy() implements KindRules {
    @Override
    public void prepareCreate(ObjectNode policy) {
      ObjectNode spec = Json.child(policy, "spec");
      if (!spec.has("policyTypes")) {
        ArrayNode types = spec.putArray("policyTypes").add("Ingress");
        if (!spec.path("egress").isEmpty()) {
          types.add("Egress");
        }
      }
    }

    @Override
    public void prepareUpdate(ObjectNode policy, ObjectNode old) {
      prepareCreate(policy);
    }
  }

  /** Autoscalers: a metric where none is given, as the API server defaults it. */
  record OfAutoscaler() implements KindRules {
    @Override
    public void prepareCreate(ObjectNode autoscaler) {
      ObjectNode spec = Json.child(autoscaler, "spec");
      if (!autoscaler.has("status")) {
        autoscaler.putObject("status").put("desiredReplicas", 0);
      }
      if (spec.path("metrics").isEmpty()) {
        ObjectNode cpu = spec.putArray("metrics").addObject().put("type", "Resource");
        ObjectNode target = cpu.putObject("resource").put("name", "cpu").putObject("target");
        target.put("type", "Utilization").put("averageUtilization", 80);
      }
    }

    @Override
    public void prepareUpdate(ObjectNode autoscaler, ObjectNode old) {
      prepareCreate(autoscaler);
    }
  }

  /** Disruption budgets: a status of zeros until someone counts. */
  record OfDisruptionBudget() implements KindRules {
    @Override
    public void prepareCreate(ObjectNode budget) {
      ObjectNode status = budget.putObject("status");
      for (String count :
          List.of("currentHealthy", "desiredHealthy", "disruptionsAllowed", "expectedPods")) {
        status.put(count, 0);
      }
    }
  }

  /** ControllerRevisions: their data does not change. */
  record OfControllerRevision() implements KindRules {
    @Override
    public List<FieldError> validateUpdate(ObjectNode revision, ObjectNode old) {
      return revision.path("data").equals(old.path("data"))
          ? List.of()
          : List.of(
              new FieldError(
                  "data",
                  FieldError.Type.INVALID,
                  Json.compact(revision.path("data")) + ": field is immutable"));
    }
  }
}
