/** What Gemini's own tells, and what is signed. */
@NullMarked
package io.warmgate.ai.gemini;

import org.jspecify.annotations.NullMarked;
