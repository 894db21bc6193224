package io.warmgate.local.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of kubectl's JSONPath that printer columns and scale paths use: fields, {@code [n]},
 * {@code [*]}, {@code ['quoted']} and {@code [?(@.a.b=="x")]}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubectl/jsonpath/">JSONPath support</a>
 */
public record JsonPath(List<Step> steps) {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.?(?:((?:[^.\\[\\\\]|\\\\.)+)"
              + "|\\[(-?\\d+)]"
              + "|\\[(\\*)]"
              + "|\\['([^']*)']"
              + "|\\[\\?\\(@\\.([^=!<>]+?)\\s*(==|!=)\\s*[\"']([^\"']*)[\"']\\)])");

  sealed interface Step {
    record Field(String name) implements Step {}

    record Index(int index) implements Step {}

    record Every() implements Step {}

    record Where(JsonPath path, String value, boolean equal) implements Step {}
  }

  /**
   * @throws IllegalArgumentException if {@code text} is not such a path
   */
  public static JsonPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at || matcher.end() == at) {
        throw new IllegalArgumentException("unsupported JSONPath " + text + " at " + at);
      }
      steps.add(step(matcher));
      at = matcher.end();
    }
    return new JsonPath(steps);
  }

  private static Step step(Matcher matcher) {
    if (matcher.group(1) != null) {
      return new Step.Field(matcher.group(1).replaceAll("\\\\(.)", "$1"));
    } else if (matcher.group(2) != null) {
      return new Step.Index(Integer.parseInt(matcher.group(2)));
    } else if (matcher.group(3) != null) {
      return new Step.Every();
    } else if (matcher.group(4) != null) {
      return new Step.Field(matcher.group(4));
    }
    JsonPath inner = parse("." + matcher.group(5));
    return new Step.Where(inner, matcher.group(7), matcher.group(6).equals("=="));
  }

  /** All values that the path leads to. */
  public List<JsonNode> find(JsonNode root) {
    List<JsonNode> found = List.of(root);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : found) {
        advance(step, node, next);
      }
      found = next;
    }
    return found;
  }

  private static void advance(Step step, JsonNode node, List<JsonNode> next) {
    switch (step) {
      case Step.Field(String name) -> addPresent(node.path(name), next);
      case Step.Index(int index) ->
          addPresent(node.path(index < 0 ? node.size() + index : index), next);
      case Step.Every _ -> node.forEach(next::add);
      case Step.Where(JsonPath path, String value, boolean equal) -> {
        for (JsonNode item : node) {
          boolean same = path.find(item).stream().anyMatch(n -> n.asText().equals(value));
          if (same == equal) {
            next.add(item);
          }
        }
      }
    }
  }

  private static void addPresent(JsonNode node, List<JsonNode> next) {
    if (!node.isMissingNode()) {
      next.add(node);
    }
  }

  /** Sets the value at a path of fields alone; objects on the way are made. */
  public void set(ObjectNode root, JsonNode value) {
    ObjectNode node = root;
    for (int i = 0; i < steps.size(); i++) {
      if (!(steps.get(i) instanceof Step.Field(String name))) {
        throw new IllegalArgumentException("cannot set through " + steps.get(i));
      }
      if (i == steps.size() - 1) {
        node.set(name, value);
      } else {
        node = Json.child(node, name);
      }
    }
  }
}
