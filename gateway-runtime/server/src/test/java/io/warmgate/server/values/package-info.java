@NullMarked
package io.warmgate.server.values;

import org.jspecify.annotations.NullMarked;
