package io.warmgate.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * An answer without what differs from run to run, and lists without order where none is meant. Also
 * without the dots of managed fields: whether an update of a built-in kind owns the containers of
 * its fields follows from Go's zero values, which the embedded server does not know. Nor with
 * nulls: Go prints some fields that are not there as null.
 */
record Normalised(int code, List<String> warnings, String body) {
  private static final List<String> RANDOM =
      List.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "deletionTimestamp",
          "time",
          "clusterIP",
          "clusterIPs",
          "storageVersionHash",
          "description",
          "selfLink");

  static Normalised of(ApiCaller.Answer answer) {
    List<String> warnings = answer.warnings().stream().sorted().toList();
    return new Normalised(answer.code(), warnings, Json.yaml(clean(answer.body())));
  }

  private static JsonNode clean(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode result = Json.object();
      List<String> names =
          StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
              .sorted()
              .toList();
      for (String name : names) {
        if (!RANDOM.contains(name) && !name.equals(".") && !object.get(name).isNull()) {
          result.set(name, clean(object.get(name)));
        }
      }
      cleanStatus(result);
      return result;
    } else if (node.isArray()) {
      ArrayNode result = Json.array();
      node.forEach(item -> result.add(clean(item)));
      return result;
    }
    return node;
  }

  /** Causes come in no certain order; the message repeats them in that order. */
  private static void cleanStatus(ObjectNode object) {
    if (object.path("causes") instanceof ArrayNode causes && causes.size() > 1) {
      ArrayNode sorted = Json.array();
      StreamSupport.stream(causes.spliterator(), false)
          .sorted(Comparator.comparing(JsonNode::toString))
          .forEach(sorted::add);
      object.set("causes", sorted);
    }
    if (object.path("kind").asText().equals("Status") && object.at("/details/causes").size() > 1) {
      object.remove("message");
    }
    if (object.path("managedFields") instanceof ArrayNode entries) {
      ArrayNode sorted = object.putArray("managedFields");
      Json.objects(entries).stream()
          .sorted(Comparator.comparing(JsonNode::toString))
          .forEach(sorted::add);
    }
    if (object.get("verbs") instanceof ArrayNode verbs) {
      ArrayNode sorted = object.putArray("verbs");
      Json.strings(verbs).stream().sorted().forEach(sorted::add);
    }
  }

  /** As two texts are compared best: line by line. */
  @Override
  public String toString() {
    return code + "\n" + String.join("\n", warnings) + "\n" + body;
  }
}
