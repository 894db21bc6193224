package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.Json;
import java.util.List;

/**
 * Turns as {@code system} and {@code messages}. The user's and the assistant's take turns here:
 * what one side says in a row is one message, and so are results of tools and what the user says
 * next.
 */
final class BedrockMessages {
  private boolean calls;

  void write(List<Turn> turns, ObjectNode root) {
    ArrayNode system = Json.array();
    ArrayNode messages = Json.array();
    for (Turn turn : turns) {
      turn.extras().requireInert(BEDROCK_CONVERSE, "messages[].");
      switch (turn.role()) {
        case SYSTEM, DEVELOPER -> {
          if (!messages.isEmpty()) {
            throw new TranslationException(
                "messages[].role",
                BEDROCK_CONVERSE.title() + " takes instructions before all others alone");
          }
          turn.parts().forEach(part -> system.add(BedrockBlocks.instruction(part)));
        }
        case USER, TOOLS -> add("user", turn, messages);
        case ASSISTANT -> add("assistant", turn, messages);
      }
    }
    root.set("messages", messages);
    if (!system.isEmpty()) {
      root.set("system", system);
    }
  }

  /** Whether there are calls among them, or results of some. */
  boolean haveCalls() {
    return calls;
  }

  private void add(String role, Turn turn, ArrayNode messages) {
    boolean goesOn =
        !messages.isEmpty() && messages.get(messages.size() - 1).path("role").asText().equals(role);
    ObjectNode message =
        goesOn
            ? (ObjectNode) messages.get(messages.size() - 1)
            : messages.addObject().put("role", role);
    ArrayNode content = message.withArrayProperty("content");
    for (Part part : turn.parts()) {
      calls |= part instanceof Part.ToolCall || part instanceof Part.ToolResult;
      // "The text field in the ContentBlock object is blank": it says nothing beside others.
      boolean blank = part instanceof Part.Text(String text, var _) && text.isBlank();
      if (!blank || turn.parts().size() == 1) {
        content.add(BedrockBlocks.block(part));
      }
    }
  }
}
