/**
 * One request from its head to its end: what is known of it, the order of the steps, and the seams
 * to cache and telemetry.
 */
@NullMarked
package io.warmgate.server.exchange;

import org.jspecify.annotations.NullMarked;
