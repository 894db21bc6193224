/** Of limits, without and with a real Redis. */
@NullMarked
package io.warmgate.server.limit;

import org.jspecify.annotations.NullMarked;
