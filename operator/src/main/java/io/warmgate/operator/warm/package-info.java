/**
 * Warming: which requests are asked for, at what rate, of which pods, and how much of the traffic
 * they are. The pods do the asking.
 */
@NullMarked
package io.warmgate.operator.warm;

import org.jspecify.annotations.NullMarked;
