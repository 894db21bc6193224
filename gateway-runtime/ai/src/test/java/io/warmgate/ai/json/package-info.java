@NullMarked
package io.warmgate.ai.json;

import org.jspecify.annotations.NullMarked;
