/** When the pod is alive, ready, draining, and how it ends. */
@NullMarked
package io.warmgate.server.lifecycle;

import org.jspecify.annotations.NullMarked;
