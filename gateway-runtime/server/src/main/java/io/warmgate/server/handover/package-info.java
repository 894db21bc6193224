/** Two sides of a gateway's pods: requests that one of them answers for the other. */
@NullMarked
package io.warmgate.server.handover;

import org.jspecify.annotations.NullMarked;
