/** OpenAI's API as Azure has it: under {@code /openai/v1}, with verdicts of content filters. */
@NullMarked
package io.warmgate.aisimulator.azure;

import org.jspecify.annotations.NullMarked;
