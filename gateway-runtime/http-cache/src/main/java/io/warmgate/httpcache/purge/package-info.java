/** What was purged, and at which position of the log. */
@NullMarked
package io.warmgate.httpcache.purge;

import org.jspecify.annotations.NullMarked;
