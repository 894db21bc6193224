package io.warmgate.ai.golden;

import io.warmgate.ai.Front;
import io.warmgate.ai.Provider;
import io.warmgate.ai.Teller;
import io.warmgate.ai.anthropic.AnthropicFront;
import io.warmgate.ai.anthropic.AnthropicProvider;
import io.warmgate.ai.bedrock.BedrockProvider;
import io.warmgate.ai.bedrock.BedrockTeller;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.gemini.GeminiProvider;
import io.warmgate.ai.gemini.GeminiTeller;
import io.warmgate.ai.mistral.MistralProvider;
import io.warmgate.ai.openai.CompletionsFront;
import io.warmgate.ai.openai.OpenAiFront;
import io.warmgate.ai.openai.OpenAiProvider;
import io.warmgate.ai.responses.ResponsesFront;
import java.nio.charset.StandardCharsets;
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
      case "responses" -> new ResponsesFront(NOW);
      case "completions" -> new CompletionsFront(NOW);
      case "anthropic" -> new AnthropicFront();
      default -> throw new IllegalArgumentException("no front: " + name);
    };
  }

  /** How a provider would have told an answer. */
  public static Teller teller(String provider) {
    return switch (provider) {
      case "gemini" -> new GeminiTeller();
      case "mistral" -> front("openai");
      case "bedrock" -> new BedrockTeller();
      default -> front(provider);
    };
  }

  /** Whether models are asked in it, too. */
  public static boolean isProvider(String name) {
    return !name.equals("responses") && !name.equals("completions");
  }

  /** A request for a stream with all that can be seen of it, where a case does not say another. */
  public static ChatRequest asked(String front) {
    String what =
        switch (front) {
          case "responses" -> "\"input\":\"Hello\"";
          case "completions" -> "\"prompt\":\"Hello\"";
          default -> "\"messages\":[],\"max_tokens\":9";
        };
    String options = "{\"include_usage\":true,\"include_obfuscation\":false}";
    String body =
        "{\"model\":\"m\"," + what + ",\"stream\":true,\"stream_options\":" + options + "}";
    return front(front).readRequest(body.getBytes(StandardCharsets.UTF_8));
  }

  /** What the client of a case asked. */
  public static ChatRequest asked(Case folder, String front) {
    return folder.has("request.json")
        ? front(front).readRequest(folder.read("request.json"))
        : asked(front);
  }

  public static Provider provider(String name) {
    return switch (name) {
      case "openai" -> new OpenAiProvider(OpenAiProvider.Flavour.OPENAI);
      case "compatible" -> new OpenAiProvider(OpenAiProvider.Flavour.COMPATIBLE);
      case "anthropic" -> new AnthropicProvider(MAX_TOKENS);
      case "gemini" -> new GeminiProvider();
      case "mistral" -> new MistralProvider();
      case "bedrock" -> new BedrockProvider("amazon.nova-pro-v1:0");
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
