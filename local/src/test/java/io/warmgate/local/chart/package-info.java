/** The Helm chart: rendered by Helm itself, judged by a real API server. */
@NullMarked
package io.warmgate.local.chart;

import org.jspecify.annotations.NullMarked;
