/**
 * The cache's shell: what the pure rules of {@code io.warmgate.httpcache} decide, this does. {@link
 * io.warmgate.server.cache.HttpCache} is the step in the chain; {@code store} keeps entries, {@code
 * log} knows what was purged, {@code redis} talks to Redis.
 */
@NullMarked
package io.warmgate.server.cache;

import org.jspecify.annotations.NullMarked;
