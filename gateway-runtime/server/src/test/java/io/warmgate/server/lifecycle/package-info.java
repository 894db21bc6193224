@NullMarked
package io.warmgate.server.lifecycle;

import org.jspecify.annotations.NullMarked;
