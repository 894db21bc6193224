package io.warmgate.aisimulator.suite;

import com.openai.client.OpenAIClient;

/** What all cases of OpenAI's SDK need. */
public interface OpenAiTarget {
  /** Where to ask. */
  Target target();

  /** The SDK, which validates what it gets. */
  OpenAIClient openAi();
}
