@NullMarked
package io.warmgate.server.cache.log;

import org.jspecify.annotations.NullMarked;
