package io.warmgate.ai.chat;

import org.jspecify.annotations.Nullable;

/**
 * What identifies an answer, and who made it.
 *
 * @param id the provider's; empty: none given
 * @param model that answered, by its resolved name; empty: not told
 * @param createdSeconds since the epoch; null: not told
 * @param fingerprint of the configuration that answered; null: not told
 */
public record AnswerId(
    String id, String model, @Nullable Long createdSeconds, @Nullable String fingerprint) {
  public static final AnswerId UNKNOWN = new AnswerId("", "", null, null);
}
