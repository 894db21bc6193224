package io.warmgate.local.api.schema;

import static io.warmgate.local.api.object.FieldError.Type.DUPLICATE;
import static io.warmgate.local.api.object.FieldError.Type.INVALID;
import static io.warmgate.local.api.object.FieldError.Type.NOT_SUPPORTED;
import static io.warmgate.local.api.object.FieldError.Type.REQUIRED;
import static io.warmgate.local.api.object.FieldError.Type.TOO_LONG;
import static io.warmgate.local.api.object.FieldError.Type.TOO_MANY;
import static io.warmgate.local.api.object.FieldError.Type.TYPE_INVALID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.object.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Checks a value against a structural schema, CEL rules aside ({@link RuleEvaluation}), in the API
 * server's words.
 */
public final class Validation {
  private final List<FieldError> errors = new ArrayList<>();

  private Validation() {}

  public static List<FieldError> validate(Schema schema, JsonNode value) {
    return validate(schema, value, "");
  }

  /** As {@link #validate(Schema, JsonNode)} for a value found at {@code path}. */
  public static List<FieldError> validate(Schema schema, JsonNode value, String path) {
    Validation validation = new Validation();
    validation.node(schema, value, path);
    return validation.errors;
  }

  private void add(String path, FieldError.Type type, String detail) {
    errors.add(new FieldError(path, type, detail));
  }

  private void invalid(String path, JsonNode value, String detail) {
    add(path, INVALID, Json.compact(value) + ": " + path + " in body " + detail);
  }

  private void node(Schema schema, JsonNode value, String path) {
    if (value.isNull() && schema.nullable()) {
      return;
    }
    @Nullable String expected = typeMismatch(schema, value);
    if (expected != null) {
      String actual = "\"" + typeName(value) + "\"";
      add(
          path,
          TYPE_INVALID,
          "%s: %s in body must be of type %s: %s".formatted(actual, path, expected, actual));
      return;
    }
    enumeration(schema, value, path);
    switch (value.getNodeType()) {
      case OBJECT -> object(schema, (ObjectNode) value, path);
      case ARRAY -> array(schema, value, path);
      case STRING -> string(schema, value, path);
      case NUMBER -> number(schema, value, path);
      case BOOLEAN, NULL, MISSING, POJO, BINARY -> {}
    }
    Junctors.validate(schema, value, path, errors);
  }

  private static @Nullable String typeMismatch(Schema schema, JsonNode value) {
    if (schema.isIntOrString()) {
      return value.isIntegralNumber() || value.isTextual() ? null : "integer,string";
    }
    boolean fits =
        switch (schema.type()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          default -> true;
        };
    return fits ? null : schema.type();
  }

  static String typeName(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> "object";
      case ARRAY -> "array";
      case STRING, BINARY -> "string";
      case BOOLEAN -> "boolean";
      case NULL, MISSING -> "null";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
    };
  }

  private void enumeration(Schema schema, JsonNode value, String path) {
    JsonNode allowed = schema.keyword("enum");
    if (!allowed.isArray() || contains(allowed, value)) {
      return;
    }
    String list =
        StreamSupport.stream(allowed.spliterator(), false)
            .map(Json::compact)
            .collect(Collectors.joining(", "));
    add(path, NOT_SUPPORTED, Json.compact(value) + ": supported values: " + list);
  }

  private static boolean contains(JsonNode array, JsonNode value) {
    for (JsonNode item : array) {
      if (item.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private void object(Schema schema, ObjectNode value, String path) {
    for (String name : Json.strings(schema.keyword("required"))) {
      if (!value.has(name)) {
        add(Pruning.join(path, name), REQUIRED, "");
      }
    }
    JsonNode max = schema.keyword("maxProperties");
    if (max.isNumber() && value.size() > max.asLong()) {
      add(path, TOO_MANY, tooMany(value.size(), max.asLong()));
    }
    JsonNode min = schema.keyword("minProperties");
    if (min.isNumber() && value.size() < min.asLong()) {
      add(
          path,
          INVALID,
          "%d: %s in body should have at least %d properties"
              .formatted(value.size(), path, min.asLong()));
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String name = entry.getKey();
      Schema field = schema.field(name);
      if (field != null && field != Schema.ANY) {
        node(field, entry.getValue(), Pruning.join(path, name));
      }
    }
  }

  private static String tooMany(int size, long max) {
    return "%d: must have at most %d item%s".formatted(size, max, max == 1 ? "" : "s");
  }

  /** A bound without a fraction that says nothing. */
  private static String plain(JsonNode number) {
    BigDecimal value = number.decimalValue();
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private void array(Schema schema, JsonNode value, String path) {
    JsonNode max = schema.keyword("maxItems");
    if (max.isNumber() && value.size() > max.asLong()) {
      add(path, TOO_MANY, tooMany(value.size(), max.asLong()));
    }
    JsonNode min = schema.keyword("minItems");
    if (min.isNumber() && value.size() < min.asLong()) {
      add(
          path,
          INVALID,
          "%d: %s in body should have at least %d items"
              .formatted(value.size(), path, min.asLong()));
    }
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < value.size(); i++) {
      JsonNode item = value.get(i);
      String child = path + "[" + i + "]";
      node(schema.items(), item, child);
      @Nullable JsonNode identity = identity(schema, item);
      if (identity != null && !seen.add(identity)) {
        add(child, DUPLICATE, Json.compact(identity));
      }
    }
  }

  /** What no two items of the list may share; null where items may repeat. */
  private static @Nullable JsonNode identity(Schema schema, JsonNode item) {
    return switch (schema.listType()) {
      case ATOMIC -> null;
      case SET -> item;
      case MAP -> {
        ObjectNode keys = Json.object();
        schema.listKeys().stream().filter(item::has).forEach(key -> keys.set(key, item.get(key)));
        yield keys;
      }
    };
  }

  /** As the API server does, this stops at the first of length and pattern that does not fit. */
  private void string(Schema schema, JsonNode value, String path) {
    int before = errors.size();
    lengthAndPattern(schema, value, path);
    String format = schema.keyword("format").asText("");
    if (errors.size() == before && !Formats.matches(format, value.textValue())) {
      invalid(path, value, "must be of type " + format + ": " + Json.compact(value));
    }
  }

  private void lengthAndPattern(Schema schema, JsonNode value, String path) {
    String text = value.textValue();
    long length = text.codePointCount(0, text.length());
    JsonNode max = schema.keyword("maxLength");
    if (max.isNumber() && length > max.asLong()) {
      add(path, TOO_LONG, "may not be more than " + max.asLong() + " bytes");
      return;
    }
    JsonNode min = schema.keyword("minLength");
    if (min.isNumber() && length < min.asLong()) {
      invalid(path, value, "should be at least " + min.asLong() + " chars long");
      return;
    }
    String pattern = schema.keyword("pattern").asText("");
    if (!pattern.isEmpty() && !Patterns.of(pattern).matcher(text).find()) {
      invalid(path, value, "should match '" + pattern + "'");
    }
  }

  private void number(Schema schema, JsonNode value, String path) {
    JsonNode min = schema.keyword("minimum");
    if (min.isNumber()) {
      int order = value.decimalValue().compareTo(min.decimalValue());
      boolean exclusive = schema.keyword("exclusiveMinimum").asBoolean(false);
      if (order < 0 || (exclusive && order == 0)) {
        invalid(
            path,
            value,
            "should be greater than " + (exclusive ? "" : "or equal to ") + plain(min));
      }
    }
    JsonNode max = schema.keyword("maximum");
    if (max.isNumber()) {
      int order = value.decimalValue().compareTo(max.decimalValue());
      boolean exclusive = schema.keyword("exclusiveMaximum").asBoolean(false);
      if (order > 0 || (exclusive && order == 0)) {
        invalid(
            path, value, "should be less than " + (exclusive ? "" : "or equal to ") + plain(max));
      }
    }
    JsonNode multiple = schema.keyword("multipleOf");
    if (multiple.isNumber()
        && value.decimalValue().remainder(multiple.decimalValue()).signum() != 0) {
      invalid(path, value, "should be a multiple of " + plain(multiple));
    }
  }
}
