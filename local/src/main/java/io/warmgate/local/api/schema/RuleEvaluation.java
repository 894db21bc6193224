package io.warmgate.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.object.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a schema's CEL rules over a value and, for transition rules, what was there before.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules">Validation
 *     rules</a>
 */
public final class RuleEvaluation {
  /** In the place of a path, as the API server writes it of a whole object. */
  private static final String WHOLE = "<nil>";

  /** What the API server adds where errors in the structure keep it from evaluating rules. */
  public static final FieldError NOT_EVALUATED =
      new FieldError(
          WHOLE,
          FieldError.Type.INVALID,
          "null: some validation rules were not checked because the object was invalid;"
              + " correct the existing errors to complete validation");

  private final List<FieldError> errors = new ArrayList<>();

  private RuleEvaluation() {}

  /**
   * @param old what the value was before; null on creation
   */
  public static List<FieldError> evaluate(Schema schema, JsonNode value, @Nullable JsonNode old) {
    RuleEvaluation evaluation = new RuleEvaluation();
    evaluation.node(schema, value, old, "");
    return evaluation.errors;
  }

  /**
   * Compiles every rule below a schema.
   *
   * @return what does not compile, by its path in the schema
   */
  public static List<FieldError> compile(JsonNode schema, String path) {
    List<FieldError> found = new ArrayList<>();
    JsonNode rules = schema.path("x-kubernetes-validations");
    for (int i = 0; rules.isArray() && i < rules.size(); i++) {
      String place = path + ".x-kubernetes-validations[" + i + "]";
      compile(rules.get(i).path("rule").asText(""), place + ".rule", found);
      if (rules.get(i).has("messageExpression")) {
        compile(
            rules.get(i).path("messageExpression").asText(), place + ".messageExpression", found);
      }
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      found.addAll(compile(property.getValue(), path + ".properties[" + property.getKey() + "]"));
    }
    for (String nested : List.of("items", "additionalProperties")) {
      if (schema.path(nested).isObject()) {
        found.addAll(compile(schema.path(nested), path + "." + nested));
      }
    }
    return found;
  }

  private static void compile(String expression, String place, List<FieldError> found) {
    try {
      CelPrograms.compile(expression);
    } catch (CelValidationException | CelEvaluationException e) {
      String detail =
          Json.compact(Json.text(expression)) + ": compilation failed: " + e.getMessage();
      found.add(new FieldError(place, FieldError.Type.INVALID, detail));
    }
  }

  private void node(Schema schema, JsonNode value, @Nullable JsonNode old, String path) {
    if (!schema.hasRules() || value.isNull()) {
      return;
    }
    @Nullable JsonNode before = old == null || old.isMissingNode() || old.isNull() ? null : old;
    for (Rule rule : schema.rules()) {
      if (before != null || !rule.isTransition() || rule.optionalOldSelf()) {
        rule(schema, rule, value, before, path);
      }
    }
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        Schema field = schema.field(entry.getKey());
        if (field != null) {
          JsonNode oldField = before == null ? null : before.get(entry.getKey());
          node(field, entry.getValue(), oldField, Pruning.join(path, entry.getKey()));
        }
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        node(
            schema.items(),
            value.get(i),
            counterpart(schema, value.get(i), before),
            path + "[" + i + "]");
      }
    }
  }

  /** The old item with the same keys; only lists of type map have one. */
  private static @Nullable JsonNode counterpart(
      Schema schema, JsonNode item, @Nullable JsonNode old) {
    if (old == null || schema.listType() != Schema.ListType.MAP) {
      return null;
    }
    for (JsonNode candidate : old) {
      if (schema.listKeys().stream().allMatch(k -> item.path(k).equals(candidate.path(k)))) {
        return candidate;
      }
    }
    return null;
  }

  private void rule(Schema schema, Rule rule, JsonNode value, @Nullable JsonNode old, String path) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("self", CelValues.of(schema, value));
    if (rule.optionalOldSelf()) {
      variables.put("oldSelf", Optional.ofNullable(old).map(o -> CelValues.of(schema, o)));
    } else if (old != null) {
      variables.put("oldSelf", CelValues.of(schema, old));
    }
    String at =
        rule.fieldPath().isEmpty() ? path : Pruning.join(path, rule.fieldPath().substring(1));
    String place = at.isEmpty() ? WHOLE : at;
    String shown = value.isContainerNode() ? "" : Json.compact(value) + ": ";
    try {
      if (!Boolean.TRUE.equals(CelPrograms.evaluate(rule.expression(), variables))) {
        errors.add(new FieldError(place, rule.type(), shown + message(rule, variables)));
      }
    } catch (CelValidationException | CelEvaluationException e) {
      String detail = shown + e.getMessage() + " evaluating rule: " + rule.expression();
      errors.add(new FieldError(place, FieldError.Type.INVALID, detail));
    }
  }

  private static String message(Rule rule, Map<String, Object> variables) {
    if (!rule.messageExpression().isEmpty()) {
      try {
        return CelPrograms.evaluate(rule.messageExpression(), variables).toString();
      } catch (CelValidationException | CelEvaluationException e) {
        // As the API server does: the plain message stands in for a failing expression.
      }
    }
    return rule.message().isEmpty() ? "failed rule: " + rule.expression() : rule.message();
  }
}
