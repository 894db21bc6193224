@NullMarked
package io.warmgate.httpcache.key;

import org.jspecify.annotations.NullMarked;
