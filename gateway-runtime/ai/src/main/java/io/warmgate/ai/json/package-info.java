/** JSON as this module reads, writes and compares it. */
@NullMarked
package io.warmgate.ai.json;

import org.jspecify.annotations.NullMarked;
