@NullMarked
package io.warmgate.operator.snapshot;

import org.jspecify.annotations.NullMarked;
