package io.warmgate.ai.chat;

import io.warmgate.ai.Extras;

/**
 * Tokens.
 *
 * @param input all of the question, whether or not the provider had read them before
 * @param cached of the input: read from the provider's prompt cache
 * @param written of the input: written to the provider's prompt cache
 * @param output all of the answer, reasoning included
 * @param reasoning of the output; 0 where it is not told
 */
public record Usage(
    long input, long cached, long written, long output, long reasoning, Extras extras) {}
