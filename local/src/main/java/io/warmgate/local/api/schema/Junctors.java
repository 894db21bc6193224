package io.warmgate.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.object.Json;
import java.util.List;

/** {@code allOf}, {@code anyOf}, {@code oneOf} and {@code not}: schemas over the same value. */
final class Junctors {
  private Junctors() {}

  static void validate(Schema schema, JsonNode value, String path, List<FieldError> errors) {
    if (schema.isIntOrString()) {
      return;
    }
    List<ObjectNode> allOf = Json.objects(schema.keyword("allOf"));
    if (matching(allOf, value, path) < allOf.size()) {
      add(errors, path, "must validate all the schemas (allOf)");
    }
    List<ObjectNode> anyOf = Json.objects(schema.keyword("anyOf"));
    if (!anyOf.isEmpty() && matching(anyOf, value, path) == 0) {
      add(errors, path, "must validate at least one schema (anyOf)");
    }
    List<ObjectNode> oneOf = Json.objects(schema.keyword("oneOf"));
    long found = matching(oneOf, value, path);
    if (!oneOf.isEmpty() && found != 1) {
      String count = found == 0 ? "Found none valid" : "Found " + found + " valid alternatives";
      add(errors, path, "must validate one and only one schema (oneOf). " + count);
    }
    if (schema.keyword("not") instanceof ObjectNode not
        && matching(List.of(not), value, path) == 1) {
      add(errors, path, "must not validate the schema (not)");
    }
  }

  private static long matching(List<ObjectNode> schemas, JsonNode value, String path) {
    return schemas.stream()
        .filter(s -> !s.has("$ref"))
        .filter(s -> Validation.validate(Schema.of(s, Definitions.NONE), value, path).isEmpty())
        .count();
  }

  private static void add(List<FieldError> errors, String path, String words) {
    errors.add(new FieldError(path, FieldError.Type.INVALID, "\"\": \"" + path + "\" " + words));
  }
}
