package io.warmgate.local.api.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON trees as the server keeps them. A stored tree is never changed: whoever changes one copies
 * it first.
 */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** A number as parsing would give it, so that equal numbers are equal nodes. */
  public static NumericNode number(long value) {
    return (int) value == value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  /**
   * Reads JSON, or YAML where the text does not open with a brace or a bracket.
   *
   * @throws IOException naming the place of the first error
   */
  public static JsonNode parse(byte[] text) throws IOException {
    for (byte b : text) {
      if (b == '{' || b == '[') {
        return MAPPER.readTree(text);
      }
      if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
        return Yaml.MAPPER.readTree(text);
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }

  /** Reads one JSON value of any kind. */
  public static JsonNode scalar(byte[] text) throws IOException {
    return MAPPER.readTree(text);
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static JsonNode nothing() {
    return JsonNodeFactory.instance.nullNode();
  }

  public static JsonNode bool(boolean value) {
    return JsonNodeFactory.instance.booleanNode(value);
  }

  public static JsonNode text(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }

  /** One line, as error messages print values. */
  public static String compact(JsonNode node) {
    return node.toString();
  }

  public static String yaml(JsonNode node) {
    try {
      return Yaml.MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The object at {@code field}, created where there is none. */
  public static ObjectNode child(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode existing ? existing : parent.putObject(field);
  }

  /** Sets {@code field} where it is absent or null. */
  public static void setDefault(ObjectNode parent, String field, JsonNode value) {
    if (!parent.hasNonNull(field)) {
      parent.set(field, value);
    }
  }

  /** The objects of an array; of anything else, none. */
  public static List<ObjectNode> objects(JsonNode array) {
    List<ObjectNode> result = new ArrayList<>();
    for (JsonNode item : array) {
      if (array.isArray() && item instanceof ObjectNode object) {
        result.add(object);
      }
    }
    return result;
  }

  /** The strings of an array; of anything else, none. */
  public static List<String> strings(JsonNode array) {
    List<String> result = new ArrayList<>();
    if (array.isArray()) {
      array.forEach(item -> result.add(item.asText()));
    }
    return result;
  }

  /** Loaded with the first YAML text alone: a client that speaks JSON does not pay for it. */
  private static final class Yaml {
    static final YAMLMapper MAPPER = new YAMLMapper();
  }
}
