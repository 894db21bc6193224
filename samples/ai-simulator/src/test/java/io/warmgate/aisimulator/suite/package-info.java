/**
 * What the official SDKs must see, whoever answers: the simulator itself, or a gateway before it.
 * Another module takes the test-jar, extends {@link
 * io.warmgate.aisimulator.suite.OpenAiClientSuite} and {@link
 * io.warmgate.aisimulator.suite.AnthropicClientSuite}, and says where to ask.
 */
@NullMarked
package io.warmgate.aisimulator.suite;

import org.jspecify.annotations.NullMarked;
