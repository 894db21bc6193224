/** Mistral's API: Chat Completions and Embeddings, which are OpenAI's with words of its own. */
@NullMarked
package io.warmgate.aisimulator.mistral;

import org.jspecify.annotations.NullMarked;
