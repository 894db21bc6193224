/**
 * Answers piece by piece: bytes become {@link io.warmgate.ai.stream.SseEvent}s, those {@link
 * io.warmgate.ai.stream.StreamEvent}s, those an answer ({@link io.warmgate.ai.stream.StreamFold});
 * and back by {@link io.warmgate.ai.stream.Replay}. Readers and writers have state, one an answer,
 * and are for one thread at a time.
 */
@NullMarked
package io.warmgate.ai.stream;

import org.jspecify.annotations.NullMarked;
