package io.warmgate.ai.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a model server's body with status 200 is. Read whole, and not looked into. */
public final class TensorAnswer {
  private TensorAnswer() {}

  /** Why it is no answer to this; empty: it is one. Never throws. */
  public static Optional<ModelError> failure(TensorAction action, byte[] body) {
    try {
      return TensorJson.read(body, parser -> read(action, parser));
    } catch (TranslationException e) {
      return Optional.of(unreadable(String.valueOf(e.getMessage())));
    }
  }

  private static Optional<ModelError> read(TensorAction action, JsonParser parser)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new TranslationException("", "not a JSON object");
    }
    Set<String> answers = action.answers();
    boolean answered = false;
    @Nullable ModelError error = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("error") && value != JsonToken.VALUE_NULL) {
        String message = value == JsonToken.VALUE_STRING ? parser.getText() : "it is not said why";
        error = ModelError.of(ErrorKind.SERVER, message);
      }
      answered |= answers.contains(name);
      parser.skipChildren();
    }
    if (error == null && !answered) {
      return Optional.of(unreadable("it has none of " + answers.stream().sorted().toList()));
    }
    return Optional.ofNullable(error);
  }

  private static ModelError unreadable(String why) {
    return ModelError.of(
        ErrorKind.UNREADABLE, "The model server's answer cannot be read: " + why + ".");
  }
}
