/** From a configuration to an immutable table, and from a request to its rule. Pure. */
@NullMarked
package io.warmgate.server.routing;

import org.jspecify.annotations.NullMarked;
