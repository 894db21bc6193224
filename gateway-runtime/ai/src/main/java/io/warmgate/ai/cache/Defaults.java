package io.warmgate.ai.cache;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a provider takes where a request says nothing: who writes a default out asks the same as who
 * leaves it out. Null: not known, so that saying it and leaving it out are two questions.
 *
 * @param maxTokens of an answer
 */
public record Defaults(
    @Nullable BigDecimal temperature, @Nullable BigDecimal topP, @Nullable Long maxTokens) {

  /** OpenAI and Anthropic document 1 for both. */
  public static final Defaults DOCUMENTED = new Defaults(BigDecimal.ONE, BigDecimal.ONE, null);

  /** Of servers like OpenAI's: vLLM takes them from the model's {@code generation_config.json}. */
  public static final Defaults UNKNOWN = new Defaults(null, null, null);

  public Defaults withMaxTokens(long tokens) {
    return new Defaults(temperature, topP, tokens);
  }
}
