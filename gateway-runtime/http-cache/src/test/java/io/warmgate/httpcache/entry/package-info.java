@NullMarked
package io.warmgate.httpcache.entry;

import org.jspecify.annotations.NullMarked;
