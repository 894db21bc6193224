/** Structured field values, RFC 9651: as far as the fields of caches need them. */
@NullMarked
package io.warmgate.httpcache.structured;

import org.jspecify.annotations.NullMarked;
