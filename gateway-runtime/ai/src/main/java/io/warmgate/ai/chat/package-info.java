/**
 * The form of no provider: what is asked ({@link io.warmgate.ai.chat.ChatRequest}), what is
 * answered ({@link io.warmgate.ai.chat.ChatAnswer}), what went wrong ({@link
 * io.warmgate.ai.chat.ModelError}). Records alone; what one dialect has beyond it is in their
 * {@link io.warmgate.ai.Extras}.
 */
@NullMarked
package io.warmgate.ai.chat;

import org.jspecify.annotations.NullMarked;
