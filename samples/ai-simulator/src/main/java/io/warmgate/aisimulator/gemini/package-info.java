/** Google's Gemini API: generateContent, streamed and not, and batchEmbedContents. */
@NullMarked
package io.warmgate.aisimulator.gemini;

import org.jspecify.annotations.NullMarked;
