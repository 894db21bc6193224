package io.warmgate.ai.property;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import io.warmgate.ai.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Answers by chance, of a form that their dialect can say. */
final class Answers {
  private static final String[] WORDS = {
    "Hello",
    " ",
    "\n\n",
    "ça",
    "👋🏽",
    "data: ",
    "\"",
    "\\",
    "[DONE]",
    "e\u0301",
    "\u2028",
    "\r\n",
    "a-rather-long-word-without-any-white-space-in-it-to-be-cut-somewhere-in-the-middle👋👋👋👋👋👋👋👋👋👋"
  };

  private final Random random;
  private final Dialect dialect;
  private final Extras none;

  Answers(long seed, Dialect dialect) {
    this.random = new Random(seed);
    this.dialect = dialect;
    this.none = Extras.none(dialect);
  }

  ChatAnswer next() {
    boolean openai = dialect == Dialect.OPENAI_CHAT;
    List<Part> parts = new ArrayList<>();
    // OpenAI's have one text each, in this order.
    if (random.nextBoolean()) {
      parts.add(new Part.Reasoning(text(), openai ? null : "c2ln", none));
    }
    if (!openai && random.nextInt(4) == 0) {
      parts.add(new Part.HiddenReasoning("enp6", none));
    }
    parts.add(new Part.Text(text(), none));
    int calls = random.nextInt(4);
    for (int i = 0; i < calls; i++) {
      String arguments = "{\"place\":\"" + random.nextInt() + "\"}";
      parts.add(new Part.ToolCall("call_" + i, "weather", arguments, none));
    }
    if (!openai && random.nextBoolean()) {
      parts.add(new Part.Text(text(), none));
    }
    Long created = openai ? 1793000000L : null;
    AnswerId id = new AnswerId("id-" + random.nextInt(), "model", created, openai ? "fp" : null);
    return new ChatAnswer(id, parts, stop(openai, calls > 0), usage(openai), none);
  }

  private Stop stop(boolean openai, boolean calls) {
    if (calls) {
      return new Stop(StopReason.TOOL_CALLS, null, openai ? "tool_calls" : "tool_use");
    }
    return random.nextBoolean()
        ? new Stop(StopReason.END, null, openai ? "stop" : "end_turn")
        : new Stop(StopReason.MAX_TOKENS, null, openai ? "length" : "max_tokens");
  }

  private Usage usage(boolean openai) {
    long cached = random.nextInt(100);
    long written = openai ? 0 : random.nextInt(100);
    long output = random.nextInt(100) + 1L;
    return new Usage(cached + written + random.nextInt(100), cached, written, output, 1, none);
  }

  private String text() {
    StringBuilder text = new StringBuilder("x");
    int words = random.nextInt(30);
    for (int i = 0; i < words; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }
}
