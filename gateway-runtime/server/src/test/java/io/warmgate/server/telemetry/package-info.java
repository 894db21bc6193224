@NullMarked
package io.warmgate.server.telemetry;

import org.jspecify.annotations.NullMarked;
