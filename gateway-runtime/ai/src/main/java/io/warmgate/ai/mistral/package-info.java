/**
 * Mistral: OpenAI's form with words of its own, and refusing what it does not know. Questions are
 * written as OpenAI's and put into its words, answers put into OpenAI's and read as those.
 */
@NullMarked
package io.warmgate.ai.mistral;

import org.jspecify.annotations.NullMarked;
