@NullMarked
package io.warmgate.operator.fleet;

import org.jspecify.annotations.NullMarked;
