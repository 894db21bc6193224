/** Who asks, and whether that is still so. */
@NullMarked
package io.warmgate.server.access;

import org.jspecify.annotations.NullMarked;
