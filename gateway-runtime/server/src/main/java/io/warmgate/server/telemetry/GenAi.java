package io.warmgate.server.telemetry;

import io.warmgate.config.Model;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference.Ending;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What OpenTelemetry's conventions for generative AI call things (their attributes {@code
 * gen_ai.operation.name}, {@code gen_ai.provider.name}, {@code error.type}).
 */
final class GenAi {
  private GenAi() {}

  /** What is asked for: {@code chat} whatever the client's front, or {@code embeddings}. */
  static String operation(Exchange exchange) {
    return exchange.target().path().endsWith("/embeddings") ? "embeddings" : "chat";
  }

  /** A well-known name, or the configuration's in lower case. */
  static String provider(Model model) {
    return switch (model.provider()) {
      case AZURE_OPENAI -> "azure.ai.openai";
      case GEMINI -> "gcp.gemini";
      case MISTRAL -> "mistral_ai";
      case BEDROCK -> "aws.bedrock";
      case OPENAI, ANTHROPIC, OPENAI_COMPATIBLE, KSERVE_V2, TF_SERVING ->
          model.provider().name().toLowerCase(Locale.ROOT);
    };
  }

  /** Null where it ended well. */
  static @Nullable String error(Ending ending) {
    return switch (ending) {
      case ANSWERED -> null;
      case REFUSED -> "refused";
      case BROKEN -> "broken";
      case GIVEN_UP -> "given-up";
    };
  }
}
