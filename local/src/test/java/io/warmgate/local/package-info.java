@NullMarked
package io.warmgate.local;

import org.jspecify.annotations.NullMarked;
