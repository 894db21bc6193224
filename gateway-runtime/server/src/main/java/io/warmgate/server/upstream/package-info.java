/** Backends: endpoints, balancing, health, limits, connections, retries. */
@NullMarked
package io.warmgate.server.upstream;

import org.jspecify.annotations.NullMarked;
