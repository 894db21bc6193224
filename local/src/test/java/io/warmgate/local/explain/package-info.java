@NullMarked
package io.warmgate.local.explain;

import org.jspecify.annotations.NullMarked;
