package io.warmgate.ai.chat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How the next token is drawn; null: the provider's default. */
public record Sampling(
    @Nullable BigDecimal temperature,
    @Nullable BigDecimal topP,
    @Nullable Long topK,
    @Nullable BigDecimal frequencyPenalty,
    @Nullable BigDecimal presencePenalty,
    @Nullable Long seed) {
  public static final Sampling DEFAULT = new Sampling(null, null, null, null, null, null);
}
