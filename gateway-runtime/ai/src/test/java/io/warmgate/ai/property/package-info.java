/** What holds for every message, not only for the cases that somebody thought of. */
@NullMarked
package io.warmgate.ai.property;

import org.jspecify.annotations.NullMarked;
