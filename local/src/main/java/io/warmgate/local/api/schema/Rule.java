package io.warmgate.local.api.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.FieldError;
import java.util.regex.Pattern;

/**
 * One of a schema's {@code x-kubernetes-validations}; absent texts are empty.
 *
 * @param expression CEL over {@code self} and, where the object existed before, {@code oldSelf}
 * @param messageExpression CEL for the message; wins over {@code message}
 * @param fieldPath where to report, relative to the node, such as {@code .size}
 * @param optionalOldSelf whether {@code oldSelf} is an optional and the rule runs on creation too
 */
public record Rule(
    String expression,
    String message,
    String messageExpression,
    String fieldPath,
    FieldError.Type type,
    boolean optionalOldSelf) {
  private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

  static Rule of(ObjectNode node) {
    FieldError.Type type =
        switch (node.path("reason").asText("")) {
          case "FieldValueForbidden" -> FieldError.Type.FORBIDDEN;
          case "FieldValueRequired" -> FieldError.Type.REQUIRED;
          case "FieldValueDuplicate" -> FieldError.Type.DUPLICATE;
          default -> FieldError.Type.INVALID;
        };
    return new Rule(
        node.path("rule").asText(""),
        node.path("message").asText(""),
        node.path("messageExpression").asText(""),
        node.path("fieldPath").asText(""),
        type,
        node.path("optionalOldSelf").asBoolean(false));
  }

  /** Whether the rule compares with what was before and so is skipped where nothing was. */
  public boolean isTransition() {
    return OLD_SELF.matcher(expression).find();
  }
}
