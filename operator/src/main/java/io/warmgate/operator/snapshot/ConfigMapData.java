package io.warmgate.operator.snapshot;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a ConfigMap holds.
 *
 * @param texts {@code data}, by key
 * @param bytes {@code binaryData}, by key: in base64, as the API has it
 */
public record ConfigMapData(Map<String, String> texts, Map<String, String> bytes) {
  public ConfigMapData {
    texts = Map.copyOf(texts);
    bytes = Map.copyOf(bytes);
  }

  /** Either may be missing there. */
  public static ConfigMapData of(ConfigMap map) {
    return new ConfigMapData(
        Objects.requireNonNullElse(map.getData(), Map.of()),
        Objects.requireNonNullElse(map.getBinaryData(), Map.of()));
  }
}
