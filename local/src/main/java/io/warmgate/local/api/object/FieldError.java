package io.warmgate.local.api.object;

/**
 * One thing wrong with one field, in the words of Kubernetes' {@code field.Error}.
 *
 * @param field the path, such as {@code spec.listeners[0].port}; {@code <nil>} for none
 * @param type what is wrong
 * @param detail all after the type's words and its colon; empty for none
 */
public record FieldError(String field, Type type, String detail) {

  /** The kinds of error and the reason each has in a Status' causes. */
  public enum Type {
    INVALID("FieldValueInvalid", "Invalid value", false),
    TYPE_INVALID("FieldValueTypeInvalid", "Invalid value", true),
    REQUIRED("FieldValueRequired", "Required value", true),
    DUPLICATE("FieldValueDuplicate", "Duplicate value", false),
    NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value", true),
    TOO_LONG("FieldValueTooLong", "Too long", true),
    TOO_MANY("FieldValueTooMany", "Too many", true),
    FORBIDDEN("FieldValueForbidden", "Forbidden", false);

    private final String reason;
    private final String words;
    private final boolean blocksRules;

    Type(String reason, String words, boolean blocksRules) {
      this.reason = reason;
      this.words = words;
      this.blocksRules = blocksRules;
    }

    public String reason() {
      return reason;
    }

    /** Whether CEL rules are not evaluated over an object that has this error. */
    public boolean blocksRules() {
      return blocksRules;
    }
  }

  /** The error without its field, as a Status' cause has it. */
  public String message() {
    return detail.isEmpty() ? type.words : type.words + ": " + detail;
  }

  @Override
  public String toString() {
    return field + ": " + message();
  }
}
