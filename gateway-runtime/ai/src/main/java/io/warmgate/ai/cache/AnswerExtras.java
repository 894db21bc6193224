package io.warmgate.ai.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.cache.Verdict.Never;
import io.warmgate.ai.chat.ChatAnswer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same for what an answer says beyond the common form. Of OpenAI's that is the other choices,
 * and what the first one has.
 */
final class AnswerExtras {
  private AnswerExtras() {}

  static @Nullable Never find(ChatAnswer answer) {
    Map<String, JsonNode> fields = answer.extras().fields();
    if (fields.containsKey("choices[1..]")) {
      return new Never(NeverStored.MANY_CHOICES, "choices");
    }
    if (fields.containsKey("container")) {
      return new Never(NeverStored.HOSTED_TOOLS, "container");
    }
    JsonNode choice = fields.get("choices[0]");
    return choice == null ? null : ofChoice(choice);
  }

  private static @Nullable Never ofChoice(JsonNode choice) {
    JsonNode message = choice.path("message");
    if (choice.hasNonNull("logprobs")) {
      return new Never(NeverStored.LOGPROBS, "choices[0].logprobs");
    }
    if (message.hasNonNull("audio")) {
      return new Never(NeverStored.AUDIO, "choices[0].message.audio");
    }
    if (message.hasNonNull("function_call")) {
      return new Never(NeverStored.TOOL_CALLS, "choices[0].message.function_call");
    }
    // What a search found.
    if (!message.path("annotations").isEmpty()) {
      return new Never(NeverStored.HOSTED_TOOLS, "choices[0].message.annotations");
    }
    // Azure's verdict on the answer.
    for (JsonNode verdict : choice.path("content_filter_results")) {
      if (verdict.path("filtered").asBoolean()) {
        return new Never(NeverStored.FILTERED, "choices[0].content_filter_results");
      }
    }
    return null;
  }
}
