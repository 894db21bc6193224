package io.warmgate.local.fault;

import java.util.Map;

/**
 * What a client got.
 *
 * @param headers by lower-case name
 */
record Answer(int status, Map<String, String> headers, String body) {
  Answer {
    headers = Map.copyOf(headers);
  }

  /** The gateway's {@code Cache-Status}; empty where it says nothing. */
  String cacheStatus() {
    return headers.getOrDefault("cache-status", "");
  }

  boolean isHit() {
    return cacheStatus().startsWith("warmgate; hit");
  }

  /** Whose it is, as the sample's origin writes it: {@code {"version": "v1", …}}. */
  boolean isOf(String path) {
    return body.contains("\"path\": \"" + path + "\"");
  }
}
