@NullMarked
package io.warmgate.operator.reconcile;

import org.jspecify.annotations.NullMarked;
