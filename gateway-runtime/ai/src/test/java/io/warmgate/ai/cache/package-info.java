@NullMarked
package io.warmgate.ai.cache;

import org.jspecify.annotations.NullMarked;
