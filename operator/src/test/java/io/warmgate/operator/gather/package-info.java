@NullMarked
package io.warmgate.operator.gather;

import org.jspecify.annotations.NullMarked;
