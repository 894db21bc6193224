/** Versioned objects and the log of their changes, in memory and optionally on disk. */
@NullMarked
package io.warmgate.local.api.store;

import org.jspecify.annotations.NullMarked;
