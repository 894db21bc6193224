package io.warmgate.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a message says beyond the common form, as it was said. It survives where both sides speak
 * its dialect.
 *
 * @param dialect whose
 * @param fields by name, in their order; none is null; a nested object has only what is not known
 *     of it. Nobody changes the nodes.
 */
public record Extras(Dialect dialect, Map<String, JsonNode> fields) {

  public Extras {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  public static Extras none(Dialect dialect) {
    return new Extras(dialect, Map.of());
  }

  /**
   * Adds them to what is written.
   *
   * @param target whose fields win
   * @param path of the target, for the error; empty or ending in a dot
   * @throws TranslationException where the target is of another dialect and a field is not {@link
   *     Inert}
   */
  public void writeTo(ObjectNode target, Dialect targetDialect, String path) {
    if (targetDialect == dialect) {
      merge(target, fields);
      return;
    }
    refuse(fields, targetDialect, path);
  }

  /** The same, into nothing. */
  public void requireInert(Dialect targetDialect, String path) {
    if (targetDialect != dialect) {
      refuse(fields, targetDialect, path);
    }
  }

  private void refuse(Map<String, JsonNode> said, Dialect targetDialect, String path) {
    said.forEach(
        (name, value) -> {
          if (!Inert.is(dialect, name, value)) {
            throw TranslationException.unknownTo(targetDialect, path + name);
          }
        });
  }

  private static void merge(ObjectNode target, Map<String, JsonNode> fields) {
    fields.forEach(
        (name, value) -> {
          JsonNode there = target.get(name);
          if (there == null) {
            target.set(name, value);
          } else if (there instanceof ObjectNode inner && value instanceof ObjectNode more) {
            Map<String, JsonNode> nested = new LinkedHashMap<>();
            more.properties().forEach(entry -> nested.put(entry.getKey(), entry.getValue()));
            merge(inner, nested);
          }
        });
  }
}
