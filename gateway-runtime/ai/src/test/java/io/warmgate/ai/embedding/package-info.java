@NullMarked
package io.warmgate.ai.embedding;

import org.jspecify.annotations.NullMarked;
