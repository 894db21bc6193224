package io.warmgate.ai.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.CanonicalJson;
import io.warmgate.ai.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The {@code id} of an answer of the Open Inference Protocol, which repeats that of the request. An
 * answer that several get has none of an asker's; each gets his own. All else of the bytes stays as
 * it is.
 */
public final class AnswerId {
  private AnswerId() {}

  /**
   * @param answer a JSON object in UTF-8
   * @param asked the id of who asked; another one stays, since the server made it up
   */
  public static byte[] without(byte[] answer, String asked) {
    Member id = TensorJson.read(answer, AnswerId::find);
    if (!asked.equals(id.value())) {
      return answer;
    }
    Splices splices = new Splices();
    splices.put(id.from(), id.to(), "");
    return splices.in(answer);
  }

  /**
   * With this id, whichever it had.
   *
   * @param answer a JSON object in UTF-8 that has other members, too
   */
  public static byte[] with(byte[] answer, String id) {
    Member old = TensorJson.read(answer, AnswerId::find);
    Splices splices = new Splices();
    splices.put(old.begin(), old.begin(), "\"id\":" + CanonicalJson.text(Json.text(id)) + ",");
    splices.put(old.from(), old.to(), "");
    return splices.in(answer);
  }

  /**
   * Where it is, with the comma behind it, or else with the one before it.
   *
   * @param begin behind the object's brace
   * @param to as {@code from} where there is none
   * @param value null: none, or not a string
   */
  private record Member(long begin, long from, long to, @Nullable String value) {}

  private static Member find(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new TranslationException("", "not a JSON object");
    }
    long begin = parser.currentLocation().getByteOffset();
    Member id = new Member(begin, begin, begin, null);
    boolean isBefore = false;
    long behind = begin;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      long from = parser.currentTokenLocation().getByteOffset();
      if (isBefore) {
        id = new Member(begin, id.from(), from, id.value());
      }
      isBefore = parser.currentName().equals("id");
      String value = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
      parser.skipChildren();
      parser.finishToken();
      long to = parser.currentLocation().getByteOffset();
      if (isBefore) {
        id = new Member(begin, from, to, value);
      } else if (id.to() == begin) {
        behind = to;
      }
    }
    return isBefore ? new Member(begin, behind, id.to(), id.value()) : id;
  }
}
