package io.warmgate.ai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * About how many tokens something is, where nobody has counted: no vocabulary is known here. Texts
 * of most languages have a token for four characters or fewer, pictures some hundred to thousand
 * (the documentation of OpenAI and of Anthropic), so that a guess may be wrong by half.
 */
public final class TokenGuess {
  private static final int CHARACTERS = 4;
  private static final int PICTURE = 1_000 * CHARACTERS;

  /** What each turn has around its text. */
  private static final int TURN = 4 * CHARACTERS;

  private TokenGuess() {}

  /**
   * @param characters in UTF-16
   */
  public static long ofText(long characters) {
    return Math.ceilDiv(characters, CHARACTERS);
  }

  /** What a model reads: turns and tools. */
  public static long input(ChatRequest request) {
    long characters = 0;
    for (Turn turn : request.turns()) {
      characters += TURN + characters(turn.parts());
    }
    for (Tool tool : request.tooling().tools()) {
      characters += tool(tool);
    }
    return ofText(characters);
  }

  /** As long as it were if it was text. */
  public static long characters(List<Part> parts) {
    long characters = 0;
    for (Part part : parts) {
      characters +=
          switch (part) {
            case Part.Text text -> text.text().length();
            case Part.Image _ -> PICTURE;
            case Part.ToolCall call -> call.name().length() + call.arguments().length();
            case Part.ToolResult result -> characters(result.content());
            case Part.Reasoning thought -> thought.text().length();
            case Part.HiddenReasoning thought -> thought.data().length();
            case Part.Refusal refusal -> refusal.text().length();
            case Part.Opaque opaque -> opaque.node().toString().length();
          };
    }
    return characters;
  }

  private static long tool(Tool tool) {
    return switch (tool) {
      case Tool.Function function -> {
        String description = function.description();
        JsonNode schema = function.schema();
        yield function.name().length()
            + (description == null ? 0 : description.length())
            + (schema == null ? 0 : schema.toString().length());
      }
      case Tool.Native built -> built.node().toString().length();
    };
  }
}
