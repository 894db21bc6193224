package io.warmgate.ai;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.CanonicalJson;
import java.util.Map;
import java.util.Set;

/**
 * Fields of one dialect on which no answer depends: hints for a provider's own prompt cache, tiers
 * of service, bookkeeping, and defaults that are written out. They are left out of what another
 * dialect is told, and of the key under which an answer is kept.
 */
public final class Inert {
  private static final Map<Dialect, Set<String>> HINTS =
      Map.of(
          Dialect.OPENAI_CHAT,
          Set.of(
              "prompt_cache_key",
              "prompt_cache_retention",
              "safety_identifier",
              "service_tier",
              "stream_options"),
          Dialect.ANTHROPIC_MESSAGES,
          Set.of("cache_control", "service_tier", "metadata"));

  private static final Map<Dialect, Map<String, Set<String>>> DEFAULTS =
      Map.of(
          Dialect.OPENAI_CHAT,
          Map.of(
              "n", Set.of("1"),
              "logprobs", Set.of("false"),
              "store", Set.of("false"),
              "logit_bias", Set.of("{}"),
              "modalities", Set.of("[\"text\"]"),
              "annotations", Set.of("[]")),
          Dialect.ANTHROPIC_MESSAGES,
          // Who called a tool: the model itself, and no program of the provider's.
          Map.of("mcp_servers", Set.of("[]"), "caller", Set.of("{\"type\":\"direct\"}")));

  private Inert() {}

  /** Whether an answer is the same with and without it. */
  public static boolean is(Dialect dialect, String name, JsonNode value) {
    return HINTS.getOrDefault(dialect, Set.of()).contains(name)
        || DEFAULTS
            .getOrDefault(dialect, Map.of())
            .getOrDefault(name, Set.of())
            .contains(CanonicalJson.text(value));
  }
}
