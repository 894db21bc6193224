package io.warmgate.operator.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmgate.config.ConfigException;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.WarmRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Requests as objects, which may ask models. One is
 *
 * <pre>
 * url: /v1/chat/completions       # or a whole URL
 * body: {model: chat, messages: [{role: user, content: Where is my parcel?}]}
 * consumers: [shop-app]           # whose answers are kept apart
 * headers: {anthropic-version: "2023-06-01"}
 * </pre>
 *
 * <p>A request without {@code body} is a GET. {@code method} and {@code custom_id} may be there, as
 * in files for OpenAI's Batch API, which are such lists.
 */
final class RequestObjects {
  private static final Set<String> FIELDS =
      Set.of("url", "method", "headers", "body", "consumers", "custom_id");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Nothing twice by a name: a list that has itself in it would have no end. */
  private static final LoadSettings YAML =
      LoadSettings.builder().setMaxAliasesForCollections(0).build();

  private RequestObjects() {}

  /** A list of them in YAML; what is wrong with one is said, and that one left out. */
  static RequestList parse(String yaml) {
    JsonNode read;
    try {
      read = JSON.valueToTree(new Load(YAML).loadFromString(yaml));
    } catch (YamlEngineException | IllegalArgumentException e) {
      return new RequestList(List.of(), List.of("all: it is no YAML: " + firstLine(e)));
    } catch (StackOverflowError e) {
      return new RequestList(List.of(), List.of("all: it is nested too deeply"));
    }
    if (!read.isArray()) {
      return new RequestList(List.of(), List.of("all: it is no list"));
    }
    List<Wish> requests = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      if (requests.size() >= RequestList.MAX_REQUESTS) {
        problems.add(
            "item %d and what follows: a list has at most %d"
                .formatted(i + 1, RequestList.MAX_REQUESTS));
        break;
      }
      try {
        requests.addAll(wishes(read.get(i)));
      } catch (IllegalArgumentException e) {
        problems.add("item %d %s".formatted(i + 1, e.getMessage()));
      }
    }
    return new RequestList(requests, problems);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * One of them in JSON: as often as it names consumers.
   *
   * @throws IllegalArgumentException says what is wrong, as the end of a sentence
   */
  static List<Wish> line(String json) {
    try {
      return wishes(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static List<Wish> wishes(JsonNode object) {
    if (!object.isObject()) {
      throw new IllegalArgumentException("is no object");
    }
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("has a field that is not known: " + name);
              }
            });
    JsonNode url = object.path("url");
    if (!url.isTextual()) {
      throw new IllegalArgumentException("has no url, a path or a whole URL");
    }
    JsonNode body = object.path("body");
    checkMethod(object.path("method"), body.isMissingNode() ? "GET" : "POST");
    List<ExplainRequest.Field> headers = headers(object.path("headers"));
    List<Wish> wishes = new ArrayList<>();
    for (String consumer : consumers(object.path("consumers"))) {
      wishes.add(
          RequestList.at(
              url.textValue(),
              headers,
              body.isMissingNode() ? null : question(body, consumer.isEmpty() ? null : consumer)));
    }
    return wishes;
  }

  private static void checkMethod(JsonNode said, String wanted) {
    if (!said.isMissingNode() && !said.asText().equals(wanted)) {
      throw new IllegalArgumentException(
          "has method %s: a request is a GET, or a POST with a body".formatted(said.asText()));
    }
  }

  private static WarmRequest.Question question(JsonNode body, @Nullable String consumer) {
    if (!body.isObject()) {
      throw new IllegalArgumentException("has a body that is no object");
    }
    try {
      return new WarmRequest.Question(JSON.writeValueAsString(body), consumer);
    } catch (JsonProcessingException | ConfigException e) {
      throw new IllegalArgumentException(
          "has a body or consumers that cannot be: " + e.getMessage(), e);
    }
  }

  /** An empty name where none is said. */
  private static List<String> consumers(JsonNode said) {
    if (said.isMissingNode()) {
      return List.of("");
    }
    List<String> names = new ArrayList<>();
    said.forEach(name -> names.add(name.isTextual() ? name.textValue() : ""));
    if (!said.isArray() || names.isEmpty() || names.contains("")) {
      throw new IllegalArgumentException("has consumers that are no list of names");
    }
    return names;
  }

  private static List<ExplainRequest.Field> headers(JsonNode said) {
    if (!said.isMissingNode() && !said.isObject()) {
      throw new IllegalArgumentException("has headers that are no object");
    }
    List<ExplainRequest.Field> headers = new ArrayList<>();
    said.properties()
        .forEach(
            field ->
                headers.add(RequestList.field(field.getKey() + ": " + field.getValue().asText())));
    return headers;
  }
}
