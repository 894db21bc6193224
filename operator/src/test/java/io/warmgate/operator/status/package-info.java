@NullMarked
package io.warmgate.operator.status;

import org.jspecify.annotations.NullMarked;
