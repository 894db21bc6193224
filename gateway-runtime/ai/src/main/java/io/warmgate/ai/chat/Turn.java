package io.warmgate.ai.chat;

import io.warmgate.ai.Extras;
import java.util.List;

/**
 * What one side said.
 *
 * @param parts of {@link Role#TOOLS}: {@link Part.ToolResult}s alone, and nowhere else
 */
public record Turn(Role role, List<Part> parts, Extras extras) {

  /** Who speaks. */
  public enum Role {
    /** Whoever wrote the application. */
    SYSTEM,
    /** The same, as OpenAI's reasoning models call it. */
    DEVELOPER,
    USER,
    ASSISTANT,
    /** The application, with what the tools gave that the turn before called. */
    TOOLS
  }

  public Turn {
    parts = List.copyOf(parts);
  }
}
