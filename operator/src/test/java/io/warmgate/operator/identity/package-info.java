@NullMarked
package io.warmgate.operator.identity;

import org.jspecify.annotations.NullMarked;
