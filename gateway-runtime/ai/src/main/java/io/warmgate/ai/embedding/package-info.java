/**
 * OpenAI's Embeddings ({@code POST /v1/embeddings}), which other providers speak too: a request has
 * many items, and each has a key and an answer of its own ({@link
 * io.warmgate.ai.embedding.EmbeddingBatch}).
 */
@NullMarked
package io.warmgate.ai.embedding;

import org.jspecify.annotations.NullMarked;
