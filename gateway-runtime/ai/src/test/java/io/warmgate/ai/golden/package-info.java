/** Folders of cases: what comes in, what goes out. */
@NullMarked
package io.warmgate.ai.golden;

import org.jspecify.annotations.NullMarked;
