package io.warmgate.operator.snapshot;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What became of looking for a Secret that a resource names. */
public sealed interface SecretLookup {

  /**
   * It is there. Prints no value.
   *
   * @param data key → value, decoded
   */
  record Found(Map<String, byte[]> data) implements SecretLookup {
    public Found {
      data = new TreeMap<>(data);
    }

    /** The value of a key; empty where the key is missing or its value is. */
    public Optional<byte[]> value(String key) {
      return Optional.ofNullable(data.get(key)).filter(value -> value.length > 0);
    }

    @Override
    public String toString() {
      return "Found" + data.keySet();
    }
  }

  /** There is none of that name. */
  record Missing() implements SecretLookup {}

  /** The API server does not let the operator read it (403). */
  record NotReadable() implements SecretLookup {}
}
