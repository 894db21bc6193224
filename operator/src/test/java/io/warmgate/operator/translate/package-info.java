@NullMarked
package io.warmgate.operator.translate;

import org.jspecify.annotations.NullMarked;
