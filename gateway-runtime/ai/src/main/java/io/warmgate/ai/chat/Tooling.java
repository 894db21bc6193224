package io.warmgate.ai.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model may call.
 *
 * @param choice null: the model's, where there are tools
 * @param parallel whether several calls may come in one turn; null: they may
 */
public record Tooling(List<Tool> tools, @Nullable ToolChoice choice, @Nullable Boolean parallel) {
  public static final Tooling NONE = new Tooling(List.of(), null, null);

  public Tooling {
    tools = List.copyOf(tools);
  }
}
