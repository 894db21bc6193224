/**
 * A simulator of model providers over real HTTP: strict about what it is asked, deterministic in
 * what it answers, and faulty at will.
 */
@NullMarked
package io.warmgate.aisimulator;

import org.jspecify.annotations.NullMarked;
