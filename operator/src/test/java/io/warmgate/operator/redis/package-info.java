/** Looks at real servers. */
@NullMarked
package io.warmgate.operator.redis;

import org.jspecify.annotations.NullMarked;
