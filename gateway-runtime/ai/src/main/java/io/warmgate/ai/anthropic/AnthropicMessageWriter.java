package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns as {@code system} and {@code messages}: what stands before the first other turn is {@code
 * system}, later ones are messages of that role. What tools gave and what the user says next is one
 * message, the results first.
 */
final class AnthropicMessageWriter {
  private AnthropicMessageWriter() {}

  static void write(List<Turn> turns, ObjectNode root) {
    int first = 0;
    List<Part> system = new ArrayList<>();
    while (first < turns.size() && isSystem(turns.get(first))) {
      Turn turn = turns.get(first++);
      turn.extras().requireInert(ANTHROPIC_MESSAGES, "messages[].");
      system.addAll(turn.parts());
    }
    if (first > 0) {
      root.set("system", AnthropicBlockWriter.content(system));
    }
    ArrayNode messages = root.putArray("messages");
    for (int i = first; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      List<Part> parts = new ArrayList<>(turn.parts());
      boolean more = turn.role() == Turn.Role.TOOLS && i + 1 < turns.size();
      if (more && joins(turn, turns.get(i + 1))) {
        parts.addAll(turns.get(++i).parts());
      }
      messages.add(message(turn, parts));
    }
  }

  private static boolean isSystem(Turn turn) {
    return turn.role() == Turn.Role.SYSTEM || turn.role() == Turn.Role.DEVELOPER;
  }

  private static boolean joins(Turn tools, Turn next) {
    return next.role() == Turn.Role.USER && next.extras().equals(tools.extras());
  }

  private static ObjectNode message(Turn turn, List<Part> parts) {
    String role =
        switch (turn.role()) {
          case SYSTEM, DEVELOPER -> "system";
          case USER, TOOLS -> "user";
          case ASSISTANT -> "assistant";
        };
    ObjectNode message = Json.object().put("role", role);
    message.set("content", AnthropicBlockWriter.content(parts));
    turn.extras().writeTo(message, ANTHROPIC_MESSAGES, "messages[].");
    return message;
  }
}
