package io.warmgate.server.ai;

import io.warmgate.config.Model;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What of a provider is asked, behind its base path.
 *
 * @param query null: none
 */
record ProviderPath(String path, @Nullable String query) {
  private static final String AS_THEY_ARE = "-._~/@";

  /** For a conversation's next turn. */
  static ProviderPath chat(Model model, boolean stream) {
    return switch (model.provider()) {
      case OPENAI, OPENAI_COMPATIBLE, AZURE_OPENAI, MISTRAL ->
          new ProviderPath("/chat/completions", null);
      case ANTHROPIC -> new ProviderPath("/v1/messages", null);
      case GEMINI ->
          stream
              ? new ProviderPath(gemini(model, "streamGenerateContent"), "alt=sse")
              : new ProviderPath(gemini(model, "generateContent"), null);
      case BEDROCK ->
          new ProviderPath(
              "/model/"
                  + encoded(model.model()).replace("/", "%2F")
                  + (stream ? "/converse-stream" : "/converse"),
              null);
      case KSERVE_V2, TF_SERVING -> throw new IllegalStateException("it holds no conversations");
    };
  }

  /** For vectors. */
  static ProviderPath embeddings(Model model) {
    return model.provider() == Model.Provider.GEMINI
        ? new ProviderPath(gemini(model, "batchEmbedContents"), null)
        : new ProviderPath("/embeddings", null);
  }

  /** A name with a slash says itself what it is the name of: {@code tunedModels/NAME}. */
  private static String gemini(Model model, String method) {
    String name = model.model();
    return "/" + (name.contains("/") ? "" : "models/") + encoded(name) + ":" + method;
  }

  /** RFC 3986 §2.1. */
  private static String encoded(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (b > 0 && (Character.isLetterOrDigit(c) || AS_THEY_ARE.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }
}
