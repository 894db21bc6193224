/** The sockets: reads requests, and sends answers at the pace of the model that gives them. */
@NullMarked
package io.warmgate.aisimulator.http;

import org.jspecify.annotations.NullMarked;
