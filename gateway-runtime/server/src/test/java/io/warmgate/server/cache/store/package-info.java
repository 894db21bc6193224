@NullMarked
package io.warmgate.server.cache.store;

import org.jspecify.annotations.NullMarked;
