/**
 * Conversations with models as pure functions: read in one dialect, kept in a form of no provider,
 * written in another.
 *
 * <p>A {@link io.warmgate.ai.Front} is how a client speaks to the gateway, a {@link
 * io.warmgate.ai.Provider} how the gateway speaks to a model; a {@link io.warmgate.ai.Dialect} is
 * both, or a front alone. Between them lies {@link io.warmgate.ai.chat}. What one side cannot be
 * told is refused by a {@link io.warmgate.ai.TranslationException} that names the field; {@link
 * io.warmgate.ai.Inert} lists the few fields that are left out because no answer depends on them.
 *
 * <p>Nothing here does I/O, logs, or reads a clock. The way of a request:
 *
 * <ol>
 *   <li>{@link io.warmgate.ai.Front#readRequest}
 *   <li>{@link io.warmgate.ai.cache.Storability#ofRequest}: may an answer be kept at all? Then
 *       {@link io.warmgate.ai.cache.InferenceKey#of}: where it would be
 *   <li>{@link io.warmgate.ai.Provider#writeRequest}, and {@link
 *       io.warmgate.ai.Provider#readAnswer} or {@link io.warmgate.ai.Provider#openStream}
 *   <li>{@link io.warmgate.ai.Front#writeAnswer} or {@link io.warmgate.ai.Front#openStream}; a
 *       stored answer becomes a stream by {@link io.warmgate.ai.stream.Replay}
 *   <li>{@link io.warmgate.ai.cache.Storability#ofAnswer}: is this answer kept?
 * </ol>
 *
 * <p>Embeddings are apart, in {@link io.warmgate.ai.embedding}.
 */
@NullMarked
package io.warmgate.ai;

import org.jspecify.annotations.NullMarked;
