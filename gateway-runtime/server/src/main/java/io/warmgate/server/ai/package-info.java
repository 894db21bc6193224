/**
 * Models, served: what a client's front asks ({@link io.warmgate.server.ai.ModelTurn}) is asked of
 * a provider in its dialect ({@link io.warmgate.server.ai.ModelOrigin}), and what comes back, from
 * the provider or from the cache, is written as the client's front has it ({@link
 * io.warmgate.server.ai.ChatAnswers}). Between the two everything is in the provider's dialect. How
 * messages are read and written is in {@code io.warmgate.ai}.
 */
@NullMarked
package io.warmgate.server.ai;

import org.jspecify.annotations.NullMarked;
