/** Requests that the gateway makes itself, so that their answers are there before clients ask. */
@NullMarked
package io.warmgate.server.warm;

import org.jspecify.annotations.NullMarked;
