/** The pod's admin API: what the operator says to it, probes, metrics. */
@NullMarked
package io.warmgate.server.admin;

import org.jspecify.annotations.NullMarked;
