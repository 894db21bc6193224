package io.warmgate.ai.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Strict: a name that is there twice is refused, since two readers could take different ones.
 * Numbers are kept as they were written.
 */
public final class Json {
  /** Deeper than any schema in use; what works on trees recurses. */
  private static final int DEPTH = 200;

  /** Characters of one string: a picture of 48 MiB in base64. */
  private static final int STRING = 64 * 1024 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxStringLength(STRING)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final ObjectReader VALUES =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /**
   * @throws TranslationException where it is no JSON
   */
  public static JsonNode parse(byte[] utf8) {
    try {
      return there(MAPPER.readTree(utf8));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * @throws TranslationException where it is no JSON
   */
  public static JsonNode parse(String text) {
    try {
      return there(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new TranslationException("", why(e));
    }
  }

  /**
   * Reads token by token what would be too large as a tree, just as strictly; what follows the
   * message is the caller's to refuse.
   */
  public static JsonParser parser(InputStream utf8) throws IOException {
    JsonParser parser = MAPPER.createParser(utf8);
    parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    return parser;
  }

  /** The value that the parser is at. */
  public static JsonNode value(JsonParser parser) throws IOException {
    return there(VALUES.readTree(parser));
  }

  /** Writes value by value what would be too large as a tree; in UTF-8. */
  public static JsonGenerator generator(OutputStream out) throws IOException {
    return MAPPER.createGenerator(out);
  }

  /** Why something is no JSON, for the error that says so. */
  public static TranslationException broken(IOException e) {
    return new TranslationException(
        "", e instanceof JsonProcessingException json ? why(json) : "not JSON in UTF-8");
  }

  /** Without the parser's words for its own settings. */
  private static String why(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    int settings = message.indexOf(" for `ObjectNode`");
    return "not JSON: " + (settings < 0 ? message : message.substring(0, settings));
  }

  private static JsonNode there(JsonNode node) {
    if (node.isMissingNode()) {
      throw new TranslationException("", "empty");
    }
    return node;
  }

  /** In UTF-8, in the order of the nodes. */
  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the order of the nodes. */
  public static String string(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode text(String value) {
    return MAPPER.getNodeFactory().textNode(value);
  }

  /** The value {@code null}. */
  public static JsonNode nothing() {
    return MAPPER.getNodeFactory().nullNode();
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }
}
