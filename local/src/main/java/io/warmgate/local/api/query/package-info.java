/** Selecting and showing objects: label and field selectors, JSON paths, tables. Pure. */
@NullMarked
package io.warmgate.local.api.query;

import org.jspecify.annotations.NullMarked;
