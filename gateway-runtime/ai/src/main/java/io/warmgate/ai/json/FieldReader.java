package io.warmgate.ai.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object field by field and knows which were not asked for. {@code null} and absent are
 * the same; a value of another type is a {@link TranslationException} that names it.
 */
public final class FieldReader {
  private final String path;
  private final Map<String, JsonNode> left = new LinkedHashMap<>();
  private final Map<String, FieldReader> nested = new LinkedHashMap<>();

  private FieldReader(ObjectNode node, String path) {
    this.path = path;
    node.properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNull()) {
                left.put(entry.getKey(), entry.getValue());
              }
            });
  }

  /**
   * @param path of the object; empty for the message itself
   */
  public static FieldReader of(JsonNode node, String path) {
    if (node instanceof ObjectNode object) {
      return new FieldReader(object, path);
    }
    throw new TranslationException(path, "must be an object");
  }

  /** Where a field of this object is. */
  public String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  public String path() {
    return path;
  }

  /** Whether it is there, and not yet read. */
  public boolean has(String name) {
    return left.containsKey(name);
  }

  /** What it is, left unread. */
  public @Nullable JsonNode peek(String name) {
    return left.get(name);
  }

  public @Nullable JsonNode any(String name) {
    return left.remove(name);
  }

  public JsonNode needed(String name) {
    JsonNode node = left.remove(name);
    if (node == null) {
      throw new TranslationException(at(name), "is missing");
    }
    return node;
  }

  public @Nullable String text(String name) {
    JsonNode node = left.remove(name);
    if (node == null) {
      return null;
    }
    if (!node.isTextual()) {
      throw new TranslationException(at(name), "must be a string");
    }
    return node.textValue();
  }

  public String neededText(String name) {
    String text = text(name);
    if (text == null) {
      throw new TranslationException(at(name), "is missing");
    }
    return text;
  }

  public String textOr(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  public @Nullable Boolean truth(String name) {
    JsonNode node = left.remove(name);
    if (node == null) {
      return null;
    }
    if (!node.isBoolean()) {
      throw new TranslationException(at(name), "must be true or false");
    }
    return node.booleanValue();
  }

  public boolean isTrue(String name) {
    return Boolean.TRUE.equals(truth(name));
  }

  /** Without trailing zeros, so that 1 and 1.0 are equal. */
  public @Nullable BigDecimal number(String name) {
    JsonNode node = left.remove(name);
    if (node == null) {
      return null;
    }
    if (!node.isNumber()) {
      throw new TranslationException(at(name), "must be a number");
    }
    return node.decimalValue().stripTrailingZeros();
  }

  public @Nullable Long whole(String name) {
    BigDecimal number = number(name);
    if (number == null) {
      return null;
    }
    try {
      // The scale first: the exact value of 1e999999999 does not fit into memory.
      if (number.scale() > 0 || number.precision() - number.scale() > 19) {
        throw new ArithmeticException();
      }
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw new TranslationException(at(name), "must be a whole number");
    }
  }

  public long wholeOr(String name, long otherwise) {
    Long whole = whole(name);
    return whole == null ? otherwise : whole;
  }

  /** An inner object; what is not read of it stays among the rest of this one. */
  public @Nullable FieldReader object(String name) {
    JsonNode node = left.remove(name);
    if (node == null) {
      return null;
    }
    FieldReader inner = of(node, at(name));
    nested.put(name, inner);
    return inner;
  }

  public FieldReader neededObject(String name) {
    FieldReader inner = object(name);
    if (inner == null) {
      throw new TranslationException(at(name), "is missing");
    }
    return inner;
  }

  /** Empty where it is not there. */
  public List<JsonNode> list(String name) {
    JsonNode node = left.remove(name);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof ArrayNode array)) {
      throw new TranslationException(at(name), "must be an array");
    }
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }

  /** The objects of a list, each knowing its index. */
  public List<FieldReader> objects(String name) {
    List<FieldReader> readers = new ArrayList<>();
    List<JsonNode> items = list(name);
    for (int i = 0; i < items.size(); i++) {
      readers.add(of(items.get(i), at(name) + "[" + i + "]"));
    }
    return readers;
  }

  /** Those that are strings; a string for itself is a list of one. */
  public List<String> texts(String name) {
    JsonNode node = left.get(name);
    if (node != null && node.isTextual()) {
      left.remove(name);
      return List.of(node.textValue());
    }
    List<String> texts = new ArrayList<>();
    List<JsonNode> items = list(name);
    for (int i = 0; i < items.size(); i++) {
      if (!items.get(i).isTextual()) {
        throw new TranslationException(at(name) + "[" + i + "]", "must be a string");
      }
      texts.add(items.get(i).textValue());
    }
    return texts;
  }

  /** Strings by their names, in their order; empty where there is none. */
  public Map<String, String> namedTexts(String name) {
    JsonNode said = any(name);
    Map<String, String> named = new LinkedHashMap<>();
    if (said != null) {
      FieldReader fields = of(said, at(name));
      said.fieldNames().forEachRemaining(each -> named.put(each, fields.textOr(each, "")));
    }
    return named;
  }

  /** What nobody asked for, inner objects included. */
  public Extras rest(Dialect dialect) {
    return new Extras(dialect, unread());
  }

  private Map<String, JsonNode> unread() {
    Map<String, JsonNode> rest = new LinkedHashMap<>(left);
    nested.forEach(
        (name, inner) -> {
          Map<String, JsonNode> unread = inner.unread();
          if (!unread.isEmpty()) {
            ObjectNode node = Json.object();
            unread.forEach(node::set);
            rest.put(name, node);
          }
        });
    return rest;
  }
}
