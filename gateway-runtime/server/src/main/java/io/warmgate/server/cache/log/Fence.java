package io.warmgate.server.cache.log;

import io.warmgate.httpcache.purge.Position;
import org.jspecify.annotations.Nullable;

/**
 * What this pod had applied when a request was sent: taken before a fetch, a validation or a read
 * of L2, and carried by what comes of it. A purge applied later hides the entry.
 *
 * @param local by this pod's own count
 * @param epoch of the log that was trusted then; null: none was, and the answer must not go to L2
 * @param logged the last position of that log that was applied
 */
public record Fence(Position local, @Nullable String epoch, Position logged) {}
