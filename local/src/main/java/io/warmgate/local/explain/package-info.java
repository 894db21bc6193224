/** Why a request is, or is not, answered from the cache: what every pod of a gateway says. */
@NullMarked
package io.warmgate.local.explain;

import org.jspecify.annotations.NullMarked;
