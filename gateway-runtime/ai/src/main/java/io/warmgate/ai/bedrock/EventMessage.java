package io.warmgate.ai.bedrock;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One message of an event stream, its checksums found right.
 *
 * @param headers those that are text, by name
 * @param payload in UTF-8
 */
record EventMessage(Map<String, String> headers, String payload) {

  EventMessage(Map<String, String> headers, byte[] payload) {
    this(Map.copyOf(headers), new String(payload, StandardCharsets.UTF_8));
  }

  /** Empty where it has none of that name. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
