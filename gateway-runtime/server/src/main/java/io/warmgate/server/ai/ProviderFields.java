package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.config.Model;
import io.warmgate.server.filter.HeaderChange;
import io.warmgate.server.uri.Target;
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
   * @param body that is sent
   * @param forwarded what another backend would be sent
   * @param changes by the rule
   */
  static MultiMap request(
      Asked asked,
      ServedModel.@Nullable Credential key,
      Target target,
      Buffer body,
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
    fields.set("content-length", Integer.toString(body.length()));
    fields.set("accept", asked.accept());
    // What is coded could not be read.
    fields.set("accept-encoding", "identity");
    asked.passed().forEach(fields::set);
    ServedModel model = asked.model();
    if (model.isAnthropic()) {
      fields.set(
          "anthropic-version",
          asked.passed().getOrDefault("anthropic-version", PassedFields.ANTHROPIC_VERSION));
    }
    switch (key) {
      case null -> {}
      case ServedModel.Credential.Signed(AwsSignature signature) ->
          signature.sign(target, body, fields);
      case ServedModel.Credential.Key(String value) -> key(model.model().provider(), value, fields);
    }
    return fields;
  }

  /**
   * Of a request of the gateway's own, which asks no model anything.
   *
   * @param key null: without one
   */
  static MultiMap inquiry(ServedModel model, ServedModel.Credential.@Nullable Key key) {
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    fields.set("user-agent", "warmgate");
    fields.set("accept", "application/json");
    fields.set("accept-encoding", "identity");
    if (model.isAnthropic()) {
      fields.set("anthropic-version", PassedFields.ANTHROPIC_VERSION);
    }
    if (key != null) {
      key(model.model().provider(), key.value(), fields);
    }
    return fields;
  }

  private static void key(Model.Provider provider, String key, MultiMap fields) {
    switch (provider) {
      case ANTHROPIC -> fields.set("x-api-key", key);
      case AZURE_OPENAI -> fields.set("api-key", key);
      case GEMINI -> fields.set("x-goog-api-key", key);
      case OPENAI, OPENAI_COMPATIBLE, MISTRAL, BEDROCK, KSERVE_V2, TF_SERVING ->
          fields.set("authorization", "Bearer " + key);
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
