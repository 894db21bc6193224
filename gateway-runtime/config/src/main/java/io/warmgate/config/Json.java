package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.Collection;

/**
 * The contract's JSON: strict when read, the same bytes for the same value when written.
 *
 * <p>Strict means: no unknown field, no field twice, no missing field but those that may be null,
 * nothing after the document, no number out of a string. Each refusal is a {@link ConfigException}
 * with the field's path.
 */
public final class Json {
  private static final JsonMapper MAPPER = mapper();

  private Json() {}

  private static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));
    for (LogicalType type : new LogicalType[] {LogicalType.Textual, LogicalType.Boolean}) {
      builder.withCoercionConfig(
          type,
          coercion -> {
            for (CoercionInputShape shape : CoercionInputShape.values()) {
              coercion.setCoercion(shape, CoercionAction.Fail);
            }
          });
    }
    return builder.build();
  }

  /**
   * @throws ConfigException where the bytes are not a whole and valid {@code T}
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      T value = MAPPER.readValue(parser, type);
      if (value == null) {
        throw new ConfigException("", "is empty");
      }
      return value;
    } catch (JsonMappingException e) {
      throw refusal(e);
    } catch (JacksonException e) {
      throw new ConfigException("", "is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ConfigException("", "cannot be read: " + e.getMessage());
    }
  }

  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a record of the contract: " + value.getClass(), e);
    }
  }

  private static ConfigException refusal(JsonMappingException e) {
    String path = path(e);
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigException refused) {
        return refused.under(path);
      }
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return new ConfigException(path, "is unknown; known are " + known(unknown));
    }
    return new ConfigException(path, "cannot be read: " + e.getOriginalMessage());
  }

  private static String known(UnrecognizedPropertyException unknown) {
    Collection<Object> names = unknown.getKnownPropertyIds();
    return names == null ? "none" : String.join(", ", names.stream().map(String::valueOf).toList());
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.toString();
  }
}
