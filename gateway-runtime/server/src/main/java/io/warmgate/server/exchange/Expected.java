package io.warmgate.server.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What asking a model will take, as far as it is known before.
 *
 * @param input tokens that it reads, by the length of what is asked
 * @param mostOutput the most tokens that it may write; null: as many as the model has
 */
public record Expected(long input, @Nullable Long mostOutput) {}
