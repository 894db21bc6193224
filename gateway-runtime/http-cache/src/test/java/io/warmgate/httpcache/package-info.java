@NullMarked
package io.warmgate.httpcache;

import org.jspecify.annotations.NullMarked;
