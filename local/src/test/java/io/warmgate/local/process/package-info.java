@NullMarked
package io.warmgate.local.process;

import org.jspecify.annotations.NullMarked;
