@NullMarked
package io.warmgate.operator.rollout;

import org.jspecify.annotations.NullMarked;
