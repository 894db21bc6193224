/** A real Redis for tests, that can be paused, killed and started empty. */
@NullMarked
package io.warmgate.server.cache.redis;

import org.jspecify.annotations.NullMarked;
