package io.warmgate.aisimulator.shape;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where in a request something is: names of fields and, as numbers, places in lists.
 *
 * @param steps from the outermost; empty is the request itself
 */
public record FieldPath(List<String> steps) {
  public static final FieldPath ROOT = new FieldPath(List.of());

  public FieldPath {
    steps = List.copyOf(steps);
  }

  /** The field of that name in the object here. */
  public FieldPath field(String name) {
    return new FieldPath(Stream.concat(steps.stream(), Stream.of(name)).toList());
  }

  /** The element at that place, from 0, of the list here. */
  public FieldPath index(int place) {
    return field(Integer.toString(place));
  }

  /** As OpenAI writes it: {@code messages[0].content}. */
  public String bracketed() {
    var text = new StringBuilder();
    for (String step : steps) {
      if (!step.isEmpty() && step.chars().allMatch(Character::isDigit)) {
        text.append('[').append(step).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step);
      }
    }
    return text.toString();
  }

  /** As Anthropic writes it: {@code messages.0.content}. */
  public String dotted() {
    return String.join(".", steps);
  }
}
