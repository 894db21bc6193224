/**
 * What a pod is asked most for: bounded sketches, one an event loop and route, merged when asked.
 */
@NullMarked
package io.warmgate.server.hot;

import org.jspecify.annotations.NullMarked;
