/** The machine's Redis: a server on the PATH, else the one that embedded-redis carries. */
@NullMarked
package io.warmgate.local.redis;

import org.jspecify.annotations.NullMarked;
