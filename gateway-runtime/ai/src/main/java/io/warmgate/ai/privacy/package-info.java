/** What in a question is of persons: pure, without a library of patterns. */
@NullMarked
package io.warmgate.ai.privacy;

import org.jspecify.annotations.NullMarked;
