/** Where a resource stands, by its conditions, and how that is shown. */
@NullMarked
package io.warmgate.local.resource;

import org.jspecify.annotations.NullMarked;
