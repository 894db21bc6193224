/**
 * Which requests users want to be warm, out of what they wrote: pure. What clients ask most for is
 * the pods' to say.
 */
@NullMarked
package io.warmgate.operator.source;

import org.jspecify.annotations.NullMarked;
