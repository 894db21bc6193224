@NullMarked
package io.warmgate.operator.warm;

import org.jspecify.annotations.NullMarked;
