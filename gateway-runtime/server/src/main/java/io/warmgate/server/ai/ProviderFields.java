package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.warmgate.server.filter.HeaderChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header fields between the gateway and a provider. Of clients' own only few are for it. */
final class ProviderFields {
  /** So that traces go on, and a gateway that asks itself finds out (RFC 8586). */
  private static final List<String> PASSED = List.of("traceparent", "tracestate", "cdn-loop");

  private static final List<String> KEPT =
      List.of("content-type", "retry-after", "x-request-id", "request-id", "cache-control");

  private ProviderFields() {}

  /**
   * @param key null: without one
   * @param forwarded what another backend would be sent
   * @param changes by the rule
   */
  static MultiMap request(
      Asked asked,
      ServedModel.@Nullable Credential key,
      int length,
      MultiMap forwarded,
      List<HeaderChange> changes) {
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    for (String name : PASSED) {
      if (forwarded.contains(name)) {
        fields.add(name, forwarded.getAll(name));
      }
    }
    fields.set("user-agent", "warmgate");
    changes.forEach(change -> change.apply(fields));
    fields.set("content-type", "application/json");
    fields.set("content-length", Integer.toString(length));
    fields.set("accept", asked.accept());
    // What is coded could not be read.
    fields.set("accept-encoding", "identity");
    asked.passed().forEach(fields::set);
    credential(asked, key, fields);
    return fields;
  }

  private static void credential(
      Asked asked, ServedModel.@Nullable Credential key, MultiMap fields) {
    ServedModel model = asked.model();
    if (model.isAnthropic()) {
      fields.set(
          "anthropic-version",
          asked.passed().getOrDefault("anthropic-version", PassedFields.ANTHROPIC_VERSION));
    }
    if (key == null) {
      return;
    }
    switch (model.model().provider()) {
      case ANTHROPIC -> fields.set("x-api-key", key.value());
      case AZURE_OPENAI -> fields.set("api-key", key.value());
      case GEMINI -> fields.set("x-goog-api-key", key.value());
      case OPENAI, OPENAI_COMPATIBLE, MISTRAL, KSERVE_V2, TF_SERVING ->
          fields.set("authorization", "Bearer " + key.value());
    }
  }

  /** What of an answer's fields is for anybody but the gateway. */
  static MultiMap answer(MultiMap came) {
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    for (String name : KEPT) {
      if (came.contains(name)) {
        fields.set(name, came.get(name));
      }
    }
    return fields;
  }
}
