/** Redis as the caches use it: connections that fail fast, and scripts. */
@NullMarked
package io.warmgate.server.cache.redis;

import org.jspecify.annotations.NullMarked;
