@NullMarked
package io.warmgate.httpcache.structured;

import org.jspecify.annotations.NullMarked;
