@NullMarked
package io.warmgate.httpcache.purge;

import org.jspecify.annotations.NullMarked;
