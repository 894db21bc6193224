/**
 * Gemini, as Google's Gemini API speaks: {@code generateContent}, {@code streamGenerateContent} and
 * {@code batchEmbedContents}. A provider alone: no client is answered in it. What is kept of its
 * answers, and of those that stand in for them, is written as it would have been.
 */
@NullMarked
package io.warmgate.ai.gemini;

import org.jspecify.annotations.NullMarked;
