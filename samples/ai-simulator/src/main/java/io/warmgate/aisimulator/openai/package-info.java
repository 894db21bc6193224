/**
 * OpenAI's API: Chat Completions, Responses, Embeddings and Models, after its published description
 * (openai-openapi). What the simulator does not simulate (audio, hosted tools, stored answers) is
 * refused like a field that does not exist.
 */
@NullMarked
package io.warmgate.aisimulator.openai;

import org.jspecify.annotations.NullMarked;
