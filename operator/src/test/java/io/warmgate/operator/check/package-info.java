@NullMarked
package io.warmgate.operator.check;

import org.jspecify.annotations.NullMarked;
