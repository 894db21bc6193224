package io.warmgate.aisimulator.suite;

import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

/** Short words for chat requests and answers. */
public final class Chats {
  private Chats() {}

  /** A request of one user's message. */
  public static ChatCompletionCreateParams.Builder asking(String model, String text) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
  }

  /** What the first choice says. */
  public static String text(ChatCompletion completion) {
    return completion.choices().getFirst().message().content().orElseThrow();
  }
}
