package io.warmgate.local.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.store.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses objects by some of their fields: {@code metadata.name=a,status.phase!=Running}. Which
 * fields, depends on the kind.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/">Field
 *     selectors</a>
 */
public record FieldSelector(List<Requirement> requirements) {
  private static final Set<String> EVERYWHERE = Set.of("metadata.name", "metadata.namespace");
  private static final Set<String> OF_EVENTS =
      Set.of(
          "involvedObject.kind",
          "involvedObject.namespace",
          "involvedObject.name",
          "involvedObject.uid",
          "involvedObject.apiVersion",
          "involvedObject.resourceVersion",
          "involvedObject.fieldPath",
          "reason",
          "reportingComponent",
          "source",
          "type");
  private static final Map<ResourceId, Set<String>> BY_RESOURCE =
      Map.of(
          new ResourceId("", "pods"),
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "spec.hostNetwork",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"),
          new ResourceId("", "events"),
          OF_EVENTS,
          new ResourceId("", "secrets"),
          Set.of("type"),
          new ResourceId("", "namespaces"),
          Set.of("status.phase"),
          new ResourceId("", "nodes"),
          Set.of("spec.unschedulable"),
          new ResourceId("", "services"),
          Set.of("spec.clusterIP", "spec.type"));

  /** Whether one field has, or has not, one value. */
  record Requirement(String field, String value, boolean equal) {}

  /**
   * @throws ApiException 400 if {@code text} is no selector or names a field that cannot select
   */
  public static FieldSelector parse(String text, ResourceId resource) {
    List<Requirement> requirements = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        requirements.add(requirement(part, resource));
      }
    }
    return new FieldSelector(requirements);
  }

  private static Requirement requirement(String text, ResourceId resource) {
    int at = text.indexOf('=');
    if (at < 1) {
      throw ApiException.badRequest(
          "invalid selector: '" + text + "'; can't understand '" + text + "'");
    }
    boolean negated = text.charAt(at - 1) == '!';
    String field = text.substring(0, negated ? at - 1 : at).strip();
    String value = text.substring(text.startsWith("==", at) ? at + 2 : at + 1).strip();
    if (!EVERYWHERE.contains(field)
        && !BY_RESOURCE.getOrDefault(resource, Set.of()).contains(field)) {
      throw ApiException.badRequest("field label not supported: " + field);
    }
    return new Requirement(field, value, !negated);
  }

  public boolean matches(JsonNode object) {
    return requirements.stream()
        .allMatch(r -> value(object, r.field()).equals(r.value()) == r.equal());
  }

  private static String value(JsonNode object, String field) {
    if (field.equals("source")) {
      return object.path("source").path("component").asText("");
    }
    JsonNode node = object;
    for (String name : field.split("\\.", -1)) {
      node = node.path(name);
    }
    return node.asText("");
  }
}
