/** The reconcile of a RedisCache: a server of Warmgate's own, or one that is there already. */
@NullMarked
package io.warmgate.operator.redis;

import org.jspecify.annotations.NullMarked;
