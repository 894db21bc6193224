@NullMarked
package io.warmgate.operator.walls;

import org.jspecify.annotations.NullMarked;
