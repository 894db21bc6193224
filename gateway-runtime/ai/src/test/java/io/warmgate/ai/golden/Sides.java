package io.warmgate.ai.golden;

import io.warmgate.ai.Front;
import io.warmgate.ai.Provider;
import io.warmgate.ai.anthropic.AnthropicFront;
import io.warmgate.ai.anthropic.AnthropicProvider;
import io.warmgate.ai.openai.OpenAiFront;
import io.warmgate.ai.openai.OpenAiProvider;
import java.util.List;

/** Fronts and providers by the names that folders have. */
public final class Sides {
  /** 2026-11-01T00:00:00Z. */
  public static final long NOW = 1793491200;

  /** Of an answer, where a request to Anthropic does not say it. */
  public static final long MAX_TOKENS = 4096;

  private Sides() {}

  public static Front front(String name) {
    return switch (name) {
      case "openai" -> new OpenAiFront(NOW);
      case "anthropic" -> new AnthropicFront();
      default -> throw new IllegalArgumentException("no front: " + name);
    };
  }

  public static Provider provider(String name) {
    return switch (name) {
      case "openai" -> new OpenAiProvider(OpenAiProvider.Flavour.OPENAI);
      case "compatible" -> new OpenAiProvider(OpenAiProvider.Flavour.COMPATIBLE);
      case "anthropic" -> new AnthropicProvider(MAX_TOKENS);
      default -> throw new IllegalArgumentException("no provider: " + name);
    };
  }

  public static String first(Case folder) {
    return List.of(folder.pair().split("-to-")).getFirst();
  }

  public static String second(Case folder) {
    return List.of(folder.pair().split("-to-")).getLast();
  }
}
