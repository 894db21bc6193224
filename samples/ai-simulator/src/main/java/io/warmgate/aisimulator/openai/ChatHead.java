package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a chat answer and each of its chunks begin with.
 *
 * @param created in seconds since 1970
 */
record ChatHead(String id, long created, String model, String fingerprint) {
  ObjectNode object(String kind) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("object", kind)
        .put("created", created)
        .put("model", model)
        .put("service_tier", "default")
        .put("system_fingerprint", fingerprint);
  }
}
