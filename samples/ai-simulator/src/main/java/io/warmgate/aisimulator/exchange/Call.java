package io.warmgate.aisimulator.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request. */
public final class Call {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String method;
  private final String path;
  private final String query;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * A request.
   *
   * @param method of HTTP
   * @param path without the query
   * @param query without its question mark; empty where there is none
   * @param headers by their names in lower case
   * @param body as it came
   */
  public Call(String method, String path, String query, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
  }

  public String method() {
    return method;
  }

  /** Without the query. */
  public String path() {
    return path;
  }

  /** Without its question mark; empty where there is none. */
  public String query() {
    return query;
  }

  /** As it came. */
  public byte[] body() {
    return body.clone();
  }

  /** A header field's value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The body: one JSON object, each of its fields once. */
  public ObjectNode json() throws Refused {
    String type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.equals("application/json") && !type.startsWith("application/json;")) {
      throw Refused.of(400, "Content-Type must be application/json, not \"" + type + "\".");
    }
    try {
      JsonNode node = JSON.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw Refused.of(400, "The body must be a JSON object.");
    } catch (JsonProcessingException malformed) {
      throw Refused.of(400, "The body is not valid JSON: " + malformed.getOriginalMessage());
    } catch (IOException unreadable) {
      throw Refused.of(400, "The body cannot be read.");
    }
  }
}
