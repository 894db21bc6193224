/** Where entries are kept: in the pod's memory (L1) and in Redis (L2). */
@NullMarked
package io.warmgate.server.cache.store;

import org.jspecify.annotations.NullMarked;
