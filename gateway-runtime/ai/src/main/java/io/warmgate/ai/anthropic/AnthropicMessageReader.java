package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.FieldReader;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code messages}. What tools gave stands in the user's messages here, and is a turn of its own;
 * so one message may be several turns.
 */
final class AnthropicMessageReader {
  private AnthropicMessageReader() {}

  static void read(List<FieldReader> messages, List<Turn> turns) {
    for (FieldReader message : messages) {
      String role = message.neededText("role");
      List<Part> parts = AnthropicBlocks.read(message, "content");
      Extras extras = message.rest(ANTHROPIC_MESSAGES);
      switch (role) {
        case "user" -> user(parts, extras, turns);
        case "assistant" -> turns.add(new Turn(Turn.Role.ASSISTANT, parts, extras));
        case "system" -> turns.add(new Turn(Turn.Role.SYSTEM, parts, extras));
        default -> throw new TranslationException(message.at("role"), "no role of a message");
      }
    }
  }

  private static void user(List<Part> parts, Extras extras, List<Turn> turns) {
    List<Part> run = new ArrayList<>();
    for (Part part : parts) {
      if (!run.isEmpty() && isResult(part) != isResult(run.getFirst())) {
        add(run, extras, turns);
        run = new ArrayList<>();
      }
      run.add(part);
    }
    add(run, extras, turns);
  }

  private static void add(List<Part> run, Extras extras, List<Turn> turns) {
    if (run.isEmpty() || !isResult(run.getFirst())) {
      turns.add(new Turn(Turn.Role.USER, run, extras));
      return;
    }
    Turn last = turns.isEmpty() ? null : turns.getLast();
    if (last != null && last.role() == Turn.Role.TOOLS && last.extras().equals(extras)) {
      List<Part> all = new ArrayList<>(turns.removeLast().parts());
      all.addAll(run);
      turns.add(new Turn(Turn.Role.TOOLS, all, extras));
    } else {
      turns.add(new Turn(Turn.Role.TOOLS, run, extras));
    }
  }

  private static boolean isResult(Part part) {
    return part instanceof Part.ToolResult;
  }
}
