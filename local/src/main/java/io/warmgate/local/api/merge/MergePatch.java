package io.warmgate.local.api.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.util.Map;

/**
 * JSON Merge Patch.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396#section-2">RFC 7396, section 2</a>
 */
public final class MergePatch {
  private MergePatch() {}

  public static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch.deepCopy();
    }
    ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : Json.object();
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      if (entry.getValue().isNull()) {
        result.remove(entry.getKey());
      } else {
        result.set(entry.getKey(), apply(result.path(entry.getKey()), entry.getValue()));
      }
    }
    return result;
  }
}
