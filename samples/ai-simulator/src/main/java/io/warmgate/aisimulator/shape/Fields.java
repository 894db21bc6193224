package io.warmgate.aisimulator.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object of which every field is known.
 *
 * @param known by name
 */
public record Fields(Map<String, Field> known) implements Shape {
  /** Whether a field must be there. */
  enum Presence {
    REQUIRED,
    OPTIONAL,
    NULLABLE
  }

  /**
   * One field.
   *
   * @param presence whether it must be there, or may be null
   */
  record Field(Shape shape, Presence presence) {}

  /** An object without fields. */
  public static Fields none() {
    return new Fields(Map.of());
  }

  /** And a field that must be there. */
  public Fields need(String name, Shape shape) {
    return with(name, new Field(shape, Presence.REQUIRED));
  }

  /** And a field that may be absent, and is not null. */
  public Fields may(String name, Shape shape) {
    return with(name, new Field(shape, Presence.OPTIONAL));
  }

  /** And a field that may be absent or null. */
  public Fields mayNull(String name, Shape shape) {
    return with(name, new Field(shape, Presence.NULLABLE));
  }

  private Fields with(String name, Field field) {
    var more = new LinkedHashMap<>(known);
    more.put(name, field);
    return new Fields(more);
  }

  @Override
  public boolean takes(JsonNode value) {
    return value.isObject();
  }

  @Override
  public String noun() {
    return "an object";
  }

  @Override
  public void check(JsonNode value, FieldPath at) throws Fault {
    checkType(value, at);
    for (Map.Entry<String, JsonNode> given : value.properties()) {
      Field field = known.get(given.getKey());
      FieldPath place = at.field(given.getKey());
      if (field == null) {
        throw new Fault(Fault.Kind.UNKNOWN, place, "", given.getKey());
      }
      if (!given.getValue().isNull() || field.presence() != Presence.NULLABLE) {
        field.shape().check(given.getValue(), place);
      }
    }
    for (Map.Entry<String, Field> field : known.entrySet()) {
      if (field.getValue().presence() == Presence.REQUIRED && !value.has(field.getKey())) {
        throw new Fault(Fault.Kind.MISSING, at.field(field.getKey()), "", "");
      }
    }
  }
}
