@NullMarked
package io.warmgate.server.routing;

import org.jspecify.annotations.NullMarked;
