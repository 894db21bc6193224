/** One request and its answer, without a socket: what all dialects share. */
@NullMarked
package io.warmgate.aisimulator.exchange;

import org.jspecify.annotations.NullMarked;
