@NullMarked
package io.warmgate.ai.stream;

import org.jspecify.annotations.NullMarked;
