/** How one document changes another: JSON patches, strategic merge, server-side apply. Pure. */
@NullMarked
package io.warmgate.local.api.merge;

import org.jspecify.annotations.NullMarked;
