package io.warmgate.ai;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;

/** A message cannot be read, or says something that the other side cannot be told. */
public final class TranslationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field where in the message, such as {@code messages[2].content[0].type}; empty: the
   *     whole
   * @param why a clause that follows the field
   */
  public TranslationException(String field, String why) {
    super(field.isEmpty() ? why : field + ": " + why);
    this.field = field;
  }

  /** Of a field that exists in one dialect alone. */
  public static TranslationException unknownTo(Dialect target, String field) {
    return new TranslationException(field, target.title() + " has nothing that means the same");
  }

  public String field() {
    return field;
  }

  /** What a client is told whose request it was. */
  public ModelError toError() {
    String message = String.valueOf(getMessage());
    return new ModelError(ErrorKind.INVALID_REQUEST, message, null, field.isEmpty() ? null : field);
  }
}
