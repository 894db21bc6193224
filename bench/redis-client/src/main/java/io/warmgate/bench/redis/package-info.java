/** Measures the two Redis clients that could carry L2, on what a hit does. */
@NullMarked
package io.warmgate.bench.redis;

import org.jspecify.annotations.NullMarked;
