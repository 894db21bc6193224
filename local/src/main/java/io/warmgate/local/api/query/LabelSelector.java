package io.warmgate.local.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Meta;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses objects by their labels: {@code a=b,c!=d,e in (x,y),f notin (z),g,!h}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api">Label
 *     selectors</a>
 */
public record LabelSelector(List<Requirement> requirements) {
  private static final Pattern SEPARATOR = Pattern.compile(",(?![^(]*\\))");
  private static final Pattern SET =
      Pattern.compile("\\s*([^\\s!=]+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
  private static final Pattern EQUALITY =
      Pattern.compile("\\s*([^\\s!=]+)\\s*(==|=|!=)\\s*(\\S*)\\s*");
  private static final Pattern EXISTENCE = Pattern.compile("\\s*(!?)\\s*([^\\s!=()]+)\\s*");

  /** One condition on one label. */
  sealed interface Requirement {
    String key();

    record In(String key, List<String> values) implements Requirement {}

    /** Also met where the label is absent. */
    record NotIn(String key, List<String> values) implements Requirement {}

    record Exists(String key) implements Requirement {}

    record Absent(String key) implements Requirement {}

    default boolean matches(JsonNode labels) {
      JsonNode label = labels.path(key());
      return switch (this) {
        case In(_, List<String> values) -> label.isTextual() && values.contains(label.asText());
        case NotIn(_, List<String> values) ->
            !label.isTextual() || !values.contains(label.asText());
        case Exists _ -> label.isTextual();
        case Absent _ -> !label.isTextual();
      };
    }
  }

  /**
   * @throws ApiException 400 if {@code text} is not a selector
   */
  public static LabelSelector parse(String text) {
    List<Requirement> requirements = new ArrayList<>();
    if (!text.isBlank()) {
      for (String part : SEPARATOR.split(text, -1)) {
        requirements.add(requirement(part));
      }
    }
    return new LabelSelector(requirements);
  }

  private static Requirement requirement(String text) {
    Matcher set = SET.matcher(text);
    if (set.matches()) {
      List<String> values = List.of(set.group(3).strip().split("\\s*,\\s*", -1));
      return set.group(2).equals("in")
          ? new Requirement.In(set.group(1), values)
          : new Requirement.NotIn(set.group(1), values);
    }
    Matcher equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      List<String> value = List.of(equality.group(3));
      return equality.group(2).equals("!=")
          ? new Requirement.NotIn(equality.group(1), value)
          : new Requirement.In(equality.group(1), value);
    }
    Matcher existence = EXISTENCE.matcher(text);
    if (existence.matches()) {
      return existence.group(1).isEmpty()
          ? new Requirement.Exists(existence.group(2))
          : new Requirement.Absent(existence.group(2));
    }
    throw ApiException.badRequest("unable to parse requirement: " + text);
  }

  public boolean matches(JsonNode object) {
    JsonNode labels = Meta.of(object).get("labels");
    return requirements.stream().allMatch(r -> r.matches(labels));
  }
}
