/** Purges: what a pod obeys, and the log in Redis that tells every pod of them in one order. */
@NullMarked
package io.warmgate.server.cache.log;

import org.jspecify.annotations.NullMarked;
