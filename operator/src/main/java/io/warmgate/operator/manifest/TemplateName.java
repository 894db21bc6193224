package io.warmgate.operator.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.warmgate.operator.translate.Framed;

/** What a pod template is called: the same for the same content, whoever computes it. */
final class TemplateName {
  private static final ObjectWriter SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build().writer();

  private TemplateName() {}

  /** 8 hexadecimal digits. */
  static String of(PodTemplateSpec template) {
    try {
      return Framed.hash8(SORTED.writeValueAsBytes(template));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a pod template is always JSON", e);
    }
  }
}
