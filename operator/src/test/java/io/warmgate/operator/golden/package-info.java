/** Folders of resources in, and what comes of them out. */
@NullMarked
package io.warmgate.operator.golden;

import org.jspecify.annotations.NullMarked;
