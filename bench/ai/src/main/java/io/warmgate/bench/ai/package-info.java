/** A model that says tokens at a pace, and clients that time what they read of it. */
@NullMarked
package io.warmgate.bench.ai;

import org.jspecify.annotations.NullMarked;
