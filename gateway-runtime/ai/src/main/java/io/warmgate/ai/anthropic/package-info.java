/**
 * Anthropic Messages (API reference, version {@code 2023-06-01}). One class a thing that is read or
 * written; {@link io.warmgate.ai.anthropic.AnthropicFront} and {@link
 * io.warmgate.ai.anthropic.AnthropicProvider} are the doors.
 */
@NullMarked
package io.warmgate.ai.anthropic;

import org.jspecify.annotations.NullMarked;
