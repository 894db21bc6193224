package io.warmgate.ai.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.cache.Verdict.Never;
import io.warmgate.ai.chat.Part;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a Responses request has to be looked at more closely than by its name. */
final class ResponsesRules {
  private static final String LOGPROBS = "message.output_text.logprobs";

  /** Of items that name what the provider has kept. */
  private static final Set<String> KEPT = Set.of("item_reference", "reasoning", "compaction");

  private ResponsesRules() {}

  /** {@code include}: what else is to be told; most of it is what hosted tools found. */
  static @Nullable Never include(JsonNode include) {
    for (JsonNode said : include) {
      String what = said.asText("");
      if (what.equals(LOGPROBS)) {
        return new Never(NeverStored.LOGPROBS, "include (" + what + ")");
      }
      if (!what.equals("reasoning.encrypted_content")) {
        return new Never(NeverStored.HOSTED_TOOLS, "include (" + what + ")");
      }
    }
    return null;
  }

  /** Null where it is to be judged as any other content that is not known. */
  static @Nullable Never item(Part.Opaque own) {
    String type = own.type();
    String field = "input[].type (" + type + ")";
    if (KEPT.contains(type)) {
      return new Never(NeverStored.STATEFUL, field);
    }
    boolean hosted =
        type.endsWith("_call") || type.endsWith("_call_output") || type.startsWith("mcp_");
    return hosted ? new Never(NeverStored.HOSTED_TOOLS, field) : null;
  }
}
