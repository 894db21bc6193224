/** What a request must look like: every field named, everything else refused. */
@NullMarked
package io.warmgate.aisimulator.shape;

import org.jspecify.annotations.NullMarked;
