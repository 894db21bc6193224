package io.warmgate.ai;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.chat.ChatAnswer;
import java.util.List;

/**
 * What of an answer stands among its extras and is content: whoever speaks another dialect would
 * miss it.
 */
public final class UntoldContent {
  /** Of the message of {@code choices[0]}. */
  private static final List<String> OF_MESSAGE = List.of("audio", "function_call");

  private UntoldContent() {}

  /**
   * @throws TranslationException where the answer is of another dialect and has such content
   */
  public static void requireNone(ChatAnswer answer, Dialect target) {
    if (answer.dialect() == target) {
      return;
    }
    if (answer.extras().fields().containsKey("choices[1..]")) {
      throw TranslationException.unknownTo(target, "the answer's choices[1..]");
    }
    JsonNode first = answer.extras().fields().get("choices[0]");
    for (String name : OF_MESSAGE) {
      if (first != null && first.path("message").hasNonNull(name)) {
        throw TranslationException.unknownTo(target, "the answer's choices[0].message." + name);
      }
    }
  }
}
