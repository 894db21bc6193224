/** Metrics, access log, and spans of the requests that the data plane serves. */
@NullMarked
package io.warmgate.server.telemetry;

import org.jspecify.annotations.NullMarked;
