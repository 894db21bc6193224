/** Where an answer is kept: what of a request is in the key, and in which form. */
@NullMarked
package io.warmgate.httpcache.key;

import org.jspecify.annotations.NullMarked;
