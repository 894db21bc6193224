package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_COMPLETIONS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.UntoldContent;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import org.jspecify.annotations.Nullable;

/** {@code CreateCompletionResponse}: text, and nothing else. Thoughts have no place in it. */
final class CompletionsAnswerWriter {
  private CompletionsAnswerWriter() {}

  static ObjectNode write(ChatAnswer answer, long nowSeconds) {
    UntoldContent.requireNone(answer, OPENAI_COMPLETIONS);
    StringBuilder text = new StringBuilder();
    answer.parts().forEach(part -> text.append(text(part)));
    ObjectNode root = chunk(answer.id(), text.toString(), finish(answer.stop()), nowSeconds);
    if (answer.usage() != null) {
      root.set("usage", OpenAiUsage.write(answer.usage()));
    }
    return root;
  }

  /** A piece of a stream has the form of the whole. */
  static ObjectNode chunk(AnswerId id, String text, @Nullable String finish, long nowSeconds) {
    ObjectNode root = OpenAiAnswerWriter.head(id, "text_completion", nowSeconds);
    ObjectNode choice = root.putArray("choices").addObject().put("index", 0).put("text", text);
    choice.putNull("logprobs");
    choice.put("finish_reason", finish);
    return root;
  }

  /** What of the answer the text has. */
  static String text(Part part) {
    return switch (part) {
      case Part.Text(String text, Extras e) -> text;
      // It is what the model said, after all.
      case Part.Refusal(String text, Extras e) -> text;
      case Part.Reasoning thought -> "";
      case Part.HiddenReasoning hidden -> "";
      case Part.ToolCall call -> throw unsaid("tool_calls");
      case Part.Opaque own -> throw unsaid(own.type());
      case Part.Image image -> throw unsaid("image");
      case Part.ToolResult result -> throw unsaid("tool_result");
    };
  }

  static TranslationException unsaid(String type) {
    return TranslationException.unknownTo(OPENAI_COMPLETIONS, "the answer's " + type);
  }

  /** What is not whole must not look so. */
  static String finish(Stop stop) {
    return switch (stop.reason()) {
      case END, STOP_SEQUENCE -> "stop";
      case FILTERED, REFUSED -> "content_filter";
      case TOOL_CALLS, MAX_TOKENS, CONTEXT_FULL, PAUSED, OTHER, NOT_SAID -> "length";
    };
  }
}
