package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.resource.ResourceRegistry;
import io.warmgate.local.api.schema.RuleEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * CustomResourceDefinitions: established at once, and served from then on.
 *
 * <p>Not checked, other than by the real API server: the estimated cost of CEL rules and whether
 * they fit the schema's types.
 */
record CustomResourceDefinitionRules(ResourceRegistry registry) implements KindRules {
  static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

  @Override
  public void prepareCreate(ObjectNode definition) {
    completeNames(definition);
    ArrayNode finalizers = Meta.mutable(definition).putArray(Meta.FINALIZERS);
    finalizers.add(FINALIZER);
    ObjectNode status = definition.putObject("status");
    String since = Meta.of(definition).text(Meta.CREATION_TIMESTAMP);
    ArrayNode conditions = status.putArray("conditions");
    condition(conditions, since, "NamesAccepted", "NoConflicts", "no conflicts found");
    condition(
        conditions,
        since,
        "Established",
        "InitialNamesAccepted",
        "the initial names have been accepted");
    completeStatus(definition, status);
  }

  @Override
  public void prepareUpdate(ObjectNode definition, ObjectNode old) {
    completeNames(definition);
    ObjectNode status =
        definition.get("status") instanceof ObjectNode given ? given : Json.object();
    definition.set("status", completeStatus(definition, status.deepCopy()));
  }

  private static void condition(
      ArrayNode conditions, String since, String type, String reason, String message) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("lastTransitionTime", since)
        .put("reason", reason)
        .put("message", message);
  }

  private static void completeNames(ObjectNode definition) {
    ObjectNode names = Json.child(Json.child(definition, "spec"), "names");
    String kind = names.path("kind").asText();
    Json.setDefault(names, "singular", Json.text(kind.toLowerCase(Locale.ROOT)));
    Json.setDefault(names, "listKind", Json.text(kind + "List"));
  }

  private static ObjectNode completeStatus(ObjectNode definition, ObjectNode status) {
    status.set("acceptedNames", definition.at("/spec/names"));
    TreeSet<String> stored = new TreeSet<>(Json.strings(status.path("storedVersions")));
    for (ObjectNode version : Json.objects(definition.at("/spec/versions"))) {
      if (version.path("storage").asBoolean()) {
        stored.add(version.path("name").asText());
      }
    }
    ArrayNode versions = status.putArray("storedVersions");
    stored.forEach(versions::add);
    return status;
  }

  @Override
  public List<FieldError> validate(ObjectNode definition) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode spec = definition.path("spec");
    String expected = spec.at("/names/plural").asText() + "." + spec.path("group").asText();
    String name = Meta.of(definition).name();
    if (!name.equals(expected)) {
      String words = Json.compact(Json.text(name)) + ": must be spec.names.plural+\".\"+spec.group";
      errors.add(new FieldError("metadata.name", FieldError.Type.INVALID, words));
    }
    List<ObjectNode> versions = Json.objects(spec.path("versions"));
    if (versions.stream().filter(v -> v.path("storage").asBoolean()).count() != 1) {
      String words = "must have exactly one version marked as storage version";
      errors.add(new FieldError("spec.versions", FieldError.Type.INVALID, words));
    }
    for (int i = 0; i < versions.size(); i++) {
      JsonNode schema = versions.get(i).at("/schema/openAPIV3Schema");
      String path = "spec.versions[" + i + "].schema.openAPIV3Schema";
      if (!schema.isObject()) {
        errors.add(new FieldError(path, FieldError.Type.REQUIRED, "schemas are required"));
      }
      errors.addAll(RuleEvaluation.compile(schema, path));
    }
    return errors;
  }

  @Override
  public void stored(ObjectNode definition) {
    registry.define(definition);
  }

  @Override
  public void removed(ObjectNode definition) {
    registry.withdraw(definition);
  }
}
