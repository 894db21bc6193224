/** The files given with {@code -f}: read, applied, watched. */
@NullMarked
package io.warmgate.local.manifest;

import org.jspecify.annotations.NullMarked;
