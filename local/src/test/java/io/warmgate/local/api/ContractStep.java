package io.warmgate.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.Map;

/**
 * One request of a contract case, as its file has it: {@code {<verb>: <path>, body: ...}}.
 *
 * @param path absolute, or relative to the widgets' namespace; {@code {ns}} stands for the case's
 */
record ContractStep(String verb, String path, JsonNode body) {
  private static final String WIDGETS = "/apis/example.warmgate.io/v1alpha1/namespaces/{ns}/";
  private static final Map<String, String> PATCHES =
      Map.of(
          "apply", "application/apply-patch+yaml",
          "merge", "application/merge-patch+json",
          "json", "application/json-patch+json",
          "strategic", "application/strategic-merge-patch+json");

  static ContractStep of(JsonNode node) {
    Map.Entry<String, JsonNode> first = node.properties().iterator().next();
    JsonNode body = node.has("body") ? node.get("body") : MissingNode.getInstance();
    return new ContractStep(first.getKey(), first.getValue().asText(), body);
  }

  ApiCaller.Answer send(ApiCaller caller, String namespace) {
    String absolute = (path.startsWith("/") ? path : WIDGETS + path).replace("{ns}", namespace);
    return switch (verb) {
      case "get", "post", "put", "delete" ->
          caller.json(verb.toUpperCase(Locale.ROOT), absolute, body);
      case "table" ->
          caller.call(
              "GET",
              "application/json",
              "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
              absolute,
              body);
      default -> {
        String type = PATCHES.get(verb);
        if (type == null) {
          throw new IllegalArgumentException("verb " + verb);
        }
        yield caller.call("PATCH", type, "application/json", absolute, body);
      }
    };
  }

  @Override
  public String toString() {
    return verb + " " + path + " " + body;
  }
}
