@NullMarked
package io.warmgate.operator.source;

import org.jspecify.annotations.NullMarked;
