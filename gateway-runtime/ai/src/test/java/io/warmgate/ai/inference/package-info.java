@NullMarked
package io.warmgate.ai.inference;

import org.jspecify.annotations.NullMarked;
