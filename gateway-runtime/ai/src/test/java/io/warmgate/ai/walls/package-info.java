/** What this module must not use. */
@NullMarked
package io.warmgate.ai.walls;

import org.jspecify.annotations.NullMarked;
