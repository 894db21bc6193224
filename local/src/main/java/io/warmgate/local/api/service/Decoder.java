package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.resource.ResourceType;
import io.warmgate.local.api.schema.Defaulting;
import io.warmgate.local.api.schema.Pruning;
import io.warmgate.local.api.schema.Validation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * From what a client sent to an object of a type: identity checked, unknown fields gone, defaults
 * in place.
 */
final class Decoder {
  private Decoder() {}

  /** An object and what to tell its writer. */
  record Decoded(ObjectNode object, List<String> warnings) {}

  /**
   * @throws ApiException 400 for another kind, a value of another type in a built-in kind, or
   *     unknown fields under strict validation
   */
  static Decoded decode(ResourceType type, JsonNode body, WriteOptions.FieldValidation validation) {
    ObjectNode object = identified(type, body);
    if (!type.isCustom()) {
      Defaulting.removeNulls(object);
      refuseWrongTypes(type, object);
    }
    List<String> unknown =
        Pruning.prune(type.schema(), object).stream()
            .map(path -> "unknown field \"" + path + "\"")
            .toList();
    if (!unknown.isEmpty() && validation == WriteOptions.FieldValidation.STRICT) {
      throw ApiException.badRequest(
          cannotBeHandled(type) + "strict decoding error: " + String.join(", ", unknown));
    }
    Defaulting.apply(type.schema(), object);
    boolean warn = validation == WriteOptions.FieldValidation.WARN;
    return new Decoded(object, warn ? unknown : List.of());
  }

  private static String cannotBeHandled(ResourceType type) {
    ResourceType.Names names = type.names();
    return "%s in version \"%s\" cannot be handled as a %s: "
        .formatted(names.kind(), names.version(), names.kind());
  }

  /** A copy of the body that says of itself what it is. */
  static ObjectNode identified(ResourceType type, JsonNode body) {
    if (!(body instanceof ObjectNode given)) {
      throw ApiException.badRequest("the object provided is unrecognized: it is not an object");
    }
    ResourceType.Names names = type.names();
    String apiVersion = given.path("apiVersion").asText(names.apiVersion());
    String kind = given.path("kind").asText(names.kind());
    if (!apiVersion.equals(names.apiVersion()) || !kind.equals(names.kind())) {
      throw ApiException.badRequest(
          "the API version in the data (%s, Kind=%s) does not match the expected API version (%s, Kind=%s)"
              .formatted(apiVersion, kind, names.apiVersion(), names.kind()));
    }
    return given.deepCopy().put("apiVersion", apiVersion).put("kind", kind);
  }

  private static void refuseWrongTypes(ResourceType type, ObjectNode object) {
    List<FieldError> wrong =
        Validation.validate(type.schema(), object).stream()
            .filter(error -> error.type() == FieldError.Type.TYPE_INVALID)
            .toList();
    if (!wrong.isEmpty()) {
      String all =
          wrong.stream()
              .map(e -> "json: cannot unmarshal into field " + e.field() + ": " + e.detail())
              .collect(Collectors.joining("; "));
      throw ApiException.badRequest(cannotBeHandled(type) + all);
    }
  }
}
