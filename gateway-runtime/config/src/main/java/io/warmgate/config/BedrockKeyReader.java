package io.warmgate.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads a {@link BedrockKey}. What is wrong is said without the text. */
record BedrockKeyReader(String text) {
  private static final JsonMapper JSON = new JsonMapper();

  private static final Set<String> KNOWN = Set.of("accessKeyId", "secretAccessKey", "sessionToken");

  /** What {@code aws configure export-credentials} has beside the key. */
  private static final Set<String> IGNORED = Set.of("version", "expiration", "accountId");

  private static final String FORM =
      "put one of Bedrock's API keys there, or"
          + " {\"accessKeyId\":\"…\",\"secretAccessKey\":\"…\",\"sessionToken\":\"…\"}";

  BedrockKey read() {
    if (!text.startsWith("{")) {
      return new BedrockKey.ApiKey(visible("", text));
    }
    Map<String, String> fields = fields();
    String token = fields.getOrDefault("sessionToken", "");
    return new BedrockKey.AccessKey(
        needed(fields, "accessKeyId"),
        needed(fields, "secretAccessKey"),
        token.isEmpty() ? null : token);
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : json().properties()) {
      String said = field.getKey();
      String name = said.isEmpty() ? "" : Character.toLowerCase(said.charAt(0)) + said.substring(1);
      String value = field.getValue().asText("");
      if (!KNOWN.contains(name) && !IGNORED.contains(name)) {
        throw problem("has a field '%s' that is not known here; %s".formatted(said, FORM));
      }
      fields.put(name, KNOWN.contains(name) && !value.isEmpty() ? visible(name, value) : value);
    }
    return fields;
  }

  private JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // Its message shows the text.
      throw problem("begins as JSON and is none; " + FORM);
    }
  }

  private static String needed(Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw problem("has no %s; %s".formatted(name, FORM));
    }
    return value;
  }

  private static String visible(String name, String value) {
    if (value.isEmpty()) {
      throw problem("is empty; " + FORM);
    }
    if (!value.matches("[!-~]+")) {
      String what = name.isEmpty() ? "has" : "has in its " + name;
      throw problem(what + " characters that cannot stand in a header: use visible ASCII alone");
    }
    return value;
  }

  private static ConfigException problem(String problem) {
    return new ConfigException("", problem);
  }
}
