package io.warmgate.aisimulator.suite;

import com.anthropic.client.AnthropicClient;

/** What all cases of Anthropic's SDK need. */
public interface AnthropicTarget {
  /** Where to ask. */
  Target target();

  /** The SDK, which validates what it gets. */
  AnthropicClient anthropic();
}
