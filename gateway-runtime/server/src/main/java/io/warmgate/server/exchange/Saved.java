package io.warmgate.server.exchange;

import io.warmgate.config.Model;

/**
 * What an exchange did not spend, since its answer was there or on its way to another.
 *
 * @param model that would have been asked
 * @param tokens that the answer took when it was made
 * @param micros microseconds that its model computed for it; 0: not known
 */
public record Saved(Model model, Tokens tokens, long micros) {}
