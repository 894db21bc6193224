package io.warmgate.aisimulator.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object that says itself, in one of its fields, which of several kinds it is.
 *
 * @param tag the field, for example {@code type} or {@code role}
 * @param kinds by the field's value
 * @param otherwise the kind where the field is absent; null where it must be there
 */
public record Choice(String tag, Map<String, Fields> kinds, @Nullable String otherwise)
    implements Shape {

  /** No kind yet, told apart by this field, which must be there. */
  public static Choice by(String tag) {
    return new Choice(tag, Map.of(), null);
  }

  /** This one and one kind more, whose tag is added to its fields. */
  public Choice with(String name, Fields fields) {
    var more = new LinkedHashMap<>(kinds);
    more.put(name, fields.need(tag, Text.oneOf(name)));
    return new Choice(tag, more, otherwise);
  }

  /** This one and a kind that need not say that it is this one. */
  public Choice withDefault(String name, Fields fields) {
    var more = new LinkedHashMap<>(kinds);
    more.put(name, fields.may(tag, Text.oneOf(name)));
    return new Choice(tag, more, name);
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
    String name = value.has(tag) ? value.path(tag).asText() : otherwise;
    if (name == null) {
      throw new Fault(Fault.Kind.MISSING, at.field(tag), "", "");
    }
    Fields fields = kinds.get(name);
    if (fields == null || (value.has(tag) && !value.path(tag).isTextual())) {
      String known = "'" + String.join("', '", kinds.keySet()) + "'";
      throw new Fault(Fault.Kind.VALUE, at.field(tag), known, name);
    }
    fields.check(value, at);
  }
}
