package io.warmgate.ai.embedding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.embedding.EmbeddingRequest.Encoding;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers vector by vector: a tree of three million numbers would take some hundred times
 * what they say.
 */
final class VectorReader {
  private static final String DATA = "data";
  private static final String EMBEDDING = "embedding";

  /** Of a vector of floats, before one was read. */
  private static final int COMMON_LENGTH = 1_536;

  private final JsonParser parser;

  /** By index. */
  private final TreeMap<Long, Vector> vectors = new TreeMap<>();

  private float[] floats = new float[COMMON_LENGTH];
  private boolean hasData;

  /**
   * An answer, or what is in its place.
   *
   * @param vectors in the order of their indices
   * @param rest all fields but {@code data}
   */
  record Read(List<Vector> vectors, ObjectNode rest) {}

  private VectorReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @param items that were asked for: as many vectors have to come, where there is no {@code error}
   * @throws TranslationException where it is no such answer
   */
  static Read read(byte[] body, int items) {
    try (JsonParser parser = Json.parser(new ByteArrayInputStream(body))) {
      return new VectorReader(parser).read(items);
    } catch (IOException e) {
      throw Json.broken(e);
    }
  }

  private Read read(int items) throws IOException {
    require(parser.nextToken(), JsonToken.START_OBJECT, "", "must be an object");
    ObjectNode rest = Json.object();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
      if (name.equals(DATA) && !isNull) {
        data();
      } else {
        rest.set(name, Json.value(parser));
      }
    }
    if (parser.nextToken() != null) {
      throw new TranslationException("", "not JSON: something follows it");
    }
    if (hasData) {
      // Each item its own: a vector at the wrong place would be kept for another text.
      boolean whole = vectors.size() == items && vectors.firstKey() == 0;
      if (!whole || vectors.lastKey() != items - 1) {
        throw new TranslationException(DATA, "must be one vector for each of " + items + " items");
      }
    }
    return new Read(new ArrayList<>(vectors.values()), rest);
  }

  private void data() throws IOException {
    hasData = true;
    require(parser.currentToken(), JsonToken.START_ARRAY, DATA, "must be a list");
    long next = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String path = DATA + "[" + next + "]";
      require(parser.currentToken(), JsonToken.START_OBJECT, path, "must be an object");
      item(path, next++);
    }
  }

  private void item(String path, long place) throws IOException {
    ObjectNode rest = Json.object();
    Vector vector = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals(EMBEDDING) && value != JsonToken.VALUE_NULL) {
        vector = vector(path + "." + EMBEDDING);
      } else {
        rest.set(name, Json.value(parser));
      }
    }
    if (vector == null) {
      throw new TranslationException(path + "." + EMBEDDING, "is missing");
    }
    vectors.put(FieldReader.of(rest, path).wholeOr("index", place), vector);
  }

  private Vector vector(String path) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return Vector.ofBase64(parser.getText(), path);
    }
    require(parser.currentToken(), JsonToken.START_ARRAY, path, "must be numbers, or base64");
    int length = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
        throw new TranslationException(path, "must be numbers, or base64");
      }
      float value = parser.getFloatValue();
      if (!Float.isFinite(value)) {
        throw new TranslationException(path, "must be numbers of 32 bits");
      }
      if (length == floats.length) {
        floats = Arrays.copyOf(floats, 2 * length);
      }
      floats[length++] = value;
    }
    if (length == 0) {
      throw new TranslationException(path, "is empty");
    }
    return Vector.of(Arrays.copyOf(floats, length));
  }

  private static void require(
      @Nullable JsonToken token, JsonToken wanted, String path, String otherwise) {
    if (token != wanted) {
      throw new TranslationException(path, token == null ? "empty" : otherwise);
    }
  }

  /**
   * How the first vector of an answer is written, of which no more is read than up to there.
   *
   * @return null: there is none
   */
  static @Nullable Encoding encoding(InputStream body) {
    try (JsonParser parser = Json.parser(body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (name.equals(EMBEDDING)) {
            return value == JsonToken.VALUE_STRING ? Encoding.BASE64 : Encoding.FLOAT;
          }
          if (!name.equals(DATA)) {
            parser.skipChildren();
          }
        }
      }
      return null;
    } catch (IOException _) {
      return null;
    }
  }
}
