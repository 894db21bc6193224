package io.warmgate.ai.responses;

import io.warmgate.ai.chat.ModelError;
import java.util.List;
import java.util.Map;

/**
 * What a field is called here whose name comes from elsewhere: from who writes a provider's
 * request, or from the provider.
 */
final class ResponsesNames {
  /** By the beginning of the name, the longer one first. */
  private static final List<Map.Entry<String, String>> NAMES =
      List.of(
          Map.entry("messages[].content[].image_url.detail", "input[].content[].detail"),
          Map.entry("messages[].content[].type (input_", "input[].content[].type (input_"),
          Map.entry("messages[].content[].type", "input[].type"),
          Map.entry("messages[].content[].content", "input[].output"),
          Map.entry("messages[].tool_calls[].function.arguments", "input[].arguments"),
          Map.entry("messages[].reasoning_content", "input[].encrypted_content"),
          Map.entry("messages", "input"),
          Map.entry("max_completion_tokens", "max_output_tokens"),
          Map.entry("max_tokens", "max_output_tokens"),
          Map.entry("output_config.effort", "reasoning.effort"),
          Map.entry("reasoning_effort", "reasoning.effort"),
          Map.entry("response_format.json_schema", "text.format"),
          Map.entry("response_format", "text.format"));

  private ResponsesNames() {}

  /** The same, its field and the beginning of its message in this dialect's words. */
  static ModelError of(ModelError error) {
    String field = error.field();
    if (field == null) {
      return error;
    }
    String here = here(field);
    String message = error.message();
    boolean named = message.startsWith(field + ":");
    return new ModelError(
        error.kind(),
        named ? here + message.substring(field.length()) : message,
        error.code(),
        here);
  }

  private static String here(String field) {
    for (Map.Entry<String, String> name : NAMES) {
      if (field.startsWith(name.getKey())) {
        return name.getValue() + field.substring(name.getKey().length());
      }
    }
    return field;
  }
}
