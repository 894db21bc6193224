/** The models that are served: what each one does, and what it has done. */
@NullMarked
package io.warmgate.aisimulator.model;

import org.jspecify.annotations.NullMarked;
