/**
 * OpenAI Chat Completions, as OpenAI and servers like it speak it (API reference and {@code
 * openapi.yaml} 2.3). One class a thing that is read or written; {@link
 * io.warmgate.ai.openai.OpenAiFront} and {@link io.warmgate.ai.openai.OpenAiProvider} are the
 * doors. Its legacy sister, Completions, is a front alone: {@link
 * io.warmgate.ai.openai.CompletionsFront}.
 */
@NullMarked
package io.warmgate.ai.openai;

import org.jspecify.annotations.NullMarked;
