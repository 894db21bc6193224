@NullMarked
package io.warmgate.httpcache.rule;

import org.jspecify.annotations.NullMarked;
