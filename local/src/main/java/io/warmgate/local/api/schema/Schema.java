package io.warmgate.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One node of a structural schema: an OpenAPI v3 schema with Kubernetes' extensions. Children are
 * made when first asked for, because some definitions contain themselves.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema">Structural
 *     schemas</a>
 */
public final class Schema {
  /** Admits everything; objects merge field by field, lists as a whole. */
  public static final Schema ANY =
      new Schema(
          Json.object().put("x-kubernetes-preserve-unknown-fields", true),
          Json.object(),
          Definitions.NONE);

  /** How the items of a list are told apart when documents are merged. */
  public enum ListType {
    /** The list is one value. */
    ATOMIC,
    /** Items are scalars, each present or not. */
    SET,
    /** Items are objects, told apart by {@link Schema#listKeys}. */
    MAP
  }

  private final ObjectNode raw;
  private final ObjectNode site;
  private final Definitions definitions;
  private final String type;
  private final Map<String, Schema> properties = new LinkedHashMap<>();
  private @Nullable Schema additional;
  private @Nullable Schema items;
  private @Nullable List<Rule> rules;
  private @Nullable Boolean anyRule;

  /**
   * @param site the node at the place of use, which may refer to {@code raw} and carries what is
   *     said of this use alone: its default, its patch strategy, its list type
   */
  private Schema(ObjectNode raw, ObjectNode site, Definitions definitions) {
    this.raw = raw;
    this.site = site;
    this.definitions = definitions;
    this.type = raw.path("type").asText("");
  }

  public static Schema of(ObjectNode node, Definitions definitions) {
    return new Schema(definitions.dereference(node), node, definitions);
  }

  /** One of {@code object, array, string, integer, number, boolean}; empty for any. */
  public String type() {
    return type;
  }

  /** The value of a keyword that is said of the type, such as {@code maxLength}. */
  public JsonNode keyword(String name) {
    return raw.path(name);
  }

  private JsonNode either(String name) {
    return site.has(name) ? site.path(name) : raw.path(name);
  }

  /** The schema of a declared property. */
  public @Nullable Schema property(String name) {
    Schema known = properties.get(name);
    if (known == null && raw.path("properties").get(name) instanceof ObjectNode node) {
      known = of(node, definitions);
      properties.put(name, known);
    }
    return known;
  }

  /** The names of the declared properties. */
  public Iterable<String> propertyNames() {
    List<String> names = new ArrayList<>();
    raw.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The schema of a map's values. */
  public @Nullable Schema additional() {
    JsonNode node = raw.path("additionalProperties");
    if (additional == null) {
      if (node instanceof ObjectNode object) {
        additional = of(object, definitions);
      } else if (node.asBoolean(false)) {
        additional = ANY;
      }
    }
    return additional;
  }

  /** The schema of a field, declared or not; null where the field is unknown. */
  public @Nullable Schema field(String name) {
    Schema declared = property(name);
    if (declared != null) {
      return declared;
    }
    Schema values = additional();
    return values != null ? values : preservesUnknownFields() ? ANY : null;
  }

  public Schema items() {
    if (items == null) {
      items = raw.get("items") instanceof ObjectNode node ? of(node, definitions) : ANY;
    }
    return items;
  }

  public boolean preservesUnknownFields() {
    return raw.path("x-kubernetes-preserve-unknown-fields").asBoolean(false)
        || (definitions != Definitions.NONE && isOpen());
  }

  /** A built-in type without fields stands for raw JSON, such as {@code RawExtension}. */
  private boolean isOpen() {
    return !raw.has("properties")
        && !raw.has("additionalProperties")
        && (type.isEmpty() || type.equals("object"));
  }

  /** Whether a complete Kubernetes object is nested here. */
  public boolean isEmbedded() {
    return raw.path("x-kubernetes-embedded-resource").asBoolean(false);
  }

  public boolean isIntOrString() {
    return raw.path("x-kubernetes-int-or-string").asBoolean(false)
        || raw.path("format").asText("").equals("int-or-string");
  }

  public boolean nullable() {
    return raw.path("nullable").asBoolean(false);
  }

  /** What to put where the field is absent. */
  public @Nullable JsonNode defaultValue() {
    JsonNode value = either("default");
    return value.isMissingNode() ? null : value;
  }

  public ListType listType() {
    return switch (either("x-kubernetes-list-type").asText("")) {
      case "set" -> ListType.SET;
      case "map" -> ListType.MAP;
      default -> ListType.ATOMIC;
    };
  }

  public List<String> listKeys() {
    return Json.strings(either("x-kubernetes-list-map-keys"));
  }

  /** Whether an object is one value when documents are merged. */
  public boolean isAtomicObject() {
    return either("x-kubernetes-map-type").asText("").equals("atomic");
  }

  /** The field that tells items apart in a strategic merge; empty where lists are replaced. */
  public String patchMergeKey() {
    return either("x-kubernetes-patch-merge-key").asText("");
  }

  public boolean patchMerges() {
    return List.of(either("x-kubernetes-patch-strategy").asText("").split(",", -1))
        .contains("merge");
  }

  /** The CEL rules of this node. */
  public List<Rule> rules() {
    List<Rule> result = rules;
    if (result == null) {
      result = new ArrayList<>();
      for (ObjectNode rule : Json.objects(raw.path("x-kubernetes-validations"))) {
        result.add(Rule.of(rule));
      }
      rules = List.copyOf(result);
    }
    return result;
  }

  /** Whether this node or one below it has CEL rules. Custom resources only: not for cycles. */
  public boolean hasRules() {
    if (anyRule == null) {
      anyRule = definitions == Definitions.NONE && containsRules(raw);
    }
    return anyRule;
  }

  private static boolean containsRules(JsonNode node) {
    if (node.path("x-kubernetes-validations").isArray()) {
      return true;
    }
    for (JsonNode child : node) {
      if (containsRules(child)) {
        return true;
      }
    }
    return false;
  }
}
