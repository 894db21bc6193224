@NullMarked
package io.warmgate.operator;

import org.jspecify.annotations.NullMarked;
