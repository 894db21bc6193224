package io.warmgate.config.admin;

import java.util.Map;
import java.util.TreeMap;

/**
 * Values that a revision names by fingerprint: all that the newest revision needs. Prints no value.
 *
 * @param values fingerprint → bytes (base64 in JSON)
 */
public record SecretValues(Map<String, byte[]> values) {
  public SecretValues {
    values = new TreeMap<>(values);
  }

  @Override
  public String toString() {
    return "SecretValues" + values.keySet();
  }
}
