/** The commands of {@code ./warmgate}. */
@NullMarked
package io.warmgate.local.cli;

import org.jspecify.annotations.NullMarked;
