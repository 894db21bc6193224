package io.warmgate.ai.chat;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import java.util.List;

/**
 * What a model is asked.
 *
 * @param model as the client calls it
 * @param turns in their order; system prompts are turns
 * @param extras of the dialect that it was read from
 */
public record ChatRequest(
    String model,
    List<Turn> turns,
    Tooling tooling,
    Generation generation,
    Delivery delivery,
    Extras extras) {

  public ChatRequest {
    turns = List.copyOf(turns);
  }

  /** That it was read from. */
  public Dialect dialect() {
    return extras.dialect();
  }

  /** The same question to a model of another name. */
  public ChatRequest withModel(String other) {
    return new ChatRequest(other, turns, tooling, generation, delivery, extras);
  }
}
