package io.warmgate.ai.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmgate.ai.TranslationException;
import java.io.IOException;

/**
 * JSON as model servers speak it: in UTF-8, a name once, and with {@code NaN} and {@code Infinity}
 * as numbers, which TensorFlow Serving documents ("JSON mapping"). It is read token by token:
 * tensors have more numbers than a tree of objects is made for.
 */
final class TensorJson {
  private static final int DEPTH = 200;

  /** Characters of one string: a picture of 48 MiB in base64. */
  private static final int STRING = 64 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(STRING)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  private static final ObjectMapper TREES =
      JsonMapper.builder(FACTORY).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private TensorJson() {}

  /**
   * All of it at once, where there is no other way.
   *
   * @throws TranslationException where it is no JSON
   */
  static JsonNode tree(byte[] json) {
    return read(json, TREES::readTree);
  }

  /** What is done with the tokens of a document. */
  interface Reading<T> {
    T read(JsonParser parser) throws IOException;
  }

  /**
   * @throws TranslationException where it is no JSON, or something follows what was read
   */
  static <T> T read(byte[] json, Reading<T> reading) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      T result = reading.read(parser);
      if (parser.nextToken() != null) {
        throw new TranslationException("", "not JSON: something follows its end");
      }
      return result;
    } catch (JsonProcessingException e) {
      throw new TranslationException("", "not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new TranslationException("", "not JSON in UTF-8");
    }
  }
}
