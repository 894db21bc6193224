/**
 * What is known of one gateway at one moment: gathered once, immutable, and all that the pure parts
 * of the operator see.
 */
@NullMarked
package io.warmgate.operator.snapshot;

import org.jspecify.annotations.NullMarked;
