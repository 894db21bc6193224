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
import java.util.function.Consumer;
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
 * <p>or as many as there are pictures in the list's ConfigMap, each in its place in the body:
 *
 * <pre>
 * url: /v1/models/classifier:predict
 * body: {instances: [{b64: "{{picture}}"}]}
 * pictures: ["*.png"]
 * </pre>
 *
 * <p>A request without {@code body} is a GET. {@code method} and {@code custom_id} may be there, as
 * in files for OpenAI's Batch API, which are such lists.
 */
final class RequestObjects {
  private static final Set<String> FIELDS =
      Set.of("url", "method", "headers", "body", "consumers", "pictures", "custom_id");
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

  /**
   * A list of them in YAML; what is wrong with one is said, and that one left out.
   *
   * @param pictures that stand beside it
   */
  static RequestList parse(String yaml, Pictures pictures) {
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
        String place = "item %d ".formatted(i + 1);
        requests.addAll(wishes(read.get(i), pictures, why -> problems.add(place + why)));
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
   * One of them in JSON: as often as it names consumers and pictures.
   *
   * @param pictures that stand beside the list
   * @param problem told of each picture that is left out, as the end of a sentence
   * @throws IllegalArgumentException says what is wrong, as the end of a sentence
   */
  static List<Wish> line(String json, Pictures pictures, Consumer<String> problem) {
    try {
      return wishes(JSON.readTree(json), pictures, problem);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static List<Wish> wishes(JsonNode object, Pictures pictures, Consumer<String> problem) {
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
    List<String> consumers =
        object.has("consumers") ? names("consumers", object.get("consumers")) : List.of("");
    List<String> contents = contents(object, pictures, problem);
    if ((long) contents.size() * consumers.size() > RequestList.MAX_REQUESTS) {
      throw new IllegalArgumentException(
          "has %d consumers for %d pictures: a list has at most %d requests"
              .formatted(consumers.size(), contents.size(), RequestList.MAX_REQUESTS));
    }
    List<Wish> wishes = new ArrayList<>();
    for (String content : contents) {
      for (String consumer : consumers) {
        wishes.add(
            RequestList.at(
                url.textValue(),
                headers,
                content.isEmpty()
                    ? null
                    : question(content, consumer.isEmpty() ? null : consumer)));
      }
    }
    return wishes;
  }

  /** Bodies in JSON, one a picture where it names some; an empty one where it has none. */
  private static List<String> contents(
      JsonNode object, Pictures pictures, Consumer<String> problem) {
    JsonNode body = object.path("body");
    if (!body.isMissingNode() && !body.isObject()) {
      throw new IllegalArgumentException("has a body that is no object");
    }
    String content = body.isMissingNode() ? "" : body.toString();
    return object.has("pictures")
        ? pictures.in(content, names("pictures", object.get("pictures")), problem)
        : List.of(content);
  }

  private static void checkMethod(JsonNode said, String wanted) {
    if (!said.isMissingNode() && !said.asText().equals(wanted)) {
      throw new IllegalArgumentException(
          "has method %s: a request is a GET, or a POST with a body".formatted(said.asText()));
    }
  }

  private static WarmRequest.Question question(String content, @Nullable String consumer) {
    try {
      return new WarmRequest.Question(content, consumer);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "has a body or consumers that cannot be: " + e.getMessage(), e);
    }
  }

  private static List<String> names(String field, JsonNode said) {
    List<String> names = new ArrayList<>();
    said.forEach(name -> names.add(name.isTextual() ? name.textValue() : ""));
    if (!said.isArray() || names.isEmpty() || names.contains("")) {
      throw new IllegalArgumentException("has %s that are no list of names".formatted(field));
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
