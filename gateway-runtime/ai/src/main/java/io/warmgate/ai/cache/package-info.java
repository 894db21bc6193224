/**
 * What of a conversation is kept: where ({@link io.warmgate.ai.cache.InferenceKey}), and whether
 * ({@link io.warmgate.ai.cache.Storability}). How long, and for whom, are matters of the HTTP
 * cache.
 */
@NullMarked
package io.warmgate.ai.cache;

import org.jspecify.annotations.NullMarked;
