package io.warmgate.ai.privacy;

import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.embedding.EmbeddingInput;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a question holds of persons. System prompts are the application's own, the same for
 * everybody, and are not looked into; nor are pictures.
 */
public final class SensitiveQuestion {
  private SensitiveQuestion() {}

  /** Empty: nothing was found. */
  public static Set<SensitiveClass> find(ChatRequest request) {
    EnumSet<SensitiveClass> found = EnumSet.noneOf(SensitiveClass.class);
    for (Turn turn : request.turns()) {
      if (turn.role() != Turn.Role.SYSTEM && turn.role() != Turn.Role.DEVELOPER) {
        find(turn.parts(), found);
      }
    }
    return found;
  }

  /** Empty: nothing was found. */
  public static Set<SensitiveClass> find(EmbeddingInput input) {
    return switch (input) {
      case EmbeddingInput.Text(String text) -> SensitiveText.find(text);
      case EmbeddingInput.Tokens _ -> Set.of();
    };
  }

  private static void find(List<Part> parts, Set<SensitiveClass> found) {
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> found.addAll(SensitiveText.find(text.text()));
        case Part.ToolCall call -> found.addAll(SensitiveText.find(call.arguments()));
        case Part.ToolResult result -> find(result.content(), found);
        case Part.Reasoning thought -> found.addAll(SensitiveText.find(thought.text()));
        case Part.Refusal refusal -> found.addAll(SensitiveText.find(refusal.text()));
        case Part.Opaque opaque -> found.addAll(SensitiveText.find(opaque.node().toString()));
        case Part.HiddenReasoning _, Part.Image _ -> {}
      }
    }
  }
}
