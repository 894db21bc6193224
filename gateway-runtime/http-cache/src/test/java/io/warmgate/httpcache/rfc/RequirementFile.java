package io.warmgate.httpcache.rfc;

import io.warmgate.httpcache.rfc.Requirement.Answer;
import io.warmgate.httpcache.rfc.Requirement.Deviates;
import io.warmgate.httpcache.rfc.Requirement.Held;
import io.warmgate.httpcache.rfc.Requirement.Level;
import io.warmgate.httpcache.rfc.Requirement.NotOurs;
import io.warmgate.httpcache.rfc.Requirement.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The requirements of one RFC. The text has a line {@code title: …}, then one block a requirement,
 * with an empty line between: id and level, the requirement, and either {@code rule:} and {@code
 * test:}, or {@code deviates:}, or {@code not ours:}.
 */
record RequirementFile(String title, List<Requirement> requirements) {
  private static final String TITLE = "title: ";
  private static final Set<String> HELD = Set.of("rule", "test");

  /**
   * @throws IllegalArgumentException naming the block that is wrong
   */
  static RequirementFile parse(String rfc, String text) {
    List<String> blocks = List.of(text.strip().split("\n\\s*\n"));
    if (!blocks.getFirst().startsWith(TITLE)) {
      throw new IllegalArgumentException(rfc + " has no title");
    }
    List<Requirement> requirements = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String block : blocks.subList(1, blocks.size())) {
      try {
        Requirement requirement = requirement(List.of(block.split("\n")));
        if (!requirement.id().startsWith(rfc + "-") || !ids.add(requirement.id())) {
          throw new IllegalArgumentException("not of this RFC, or there twice");
        }
        requirements.add(requirement);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(e.getMessage() + " in:\n" + block, e);
      }
    }
    return new RequirementFile(
        blocks.getFirst().substring(TITLE.length()), List.copyOf(requirements));
  }

  private static Requirement requirement(List<String> lines) {
    int blank = lines.getFirst().indexOf(' ');
    if (blank < 0 || lines.size() < 3) {
      throw new IllegalArgumentException("id, level, text or answer is missing");
    }
    Level level = Level.valueOf(lines.getFirst().substring(blank + 1).strip().replace(' ', '_'));
    return new Requirement(
        lines.getFirst().substring(0, blank),
        level,
        lines.get(1).strip(),
        answer(lines.subList(2, lines.size())));
  }

  private static Answer answer(List<String> lines) {
    Map<String, String> said = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      if (colon < 0) {
        throw new IllegalArgumentException("not 'name: value': '" + line + "'");
      }
      said.put(line.substring(0, colon).strip(), line.substring(colon + 2).strip());
    }
    if (said.keySet().equals(HELD)) {
      return new Held(places(said(said, "rule")), places(said(said, "test")));
    }
    if (said.keySet().equals(Set.of("deviates"))) {
      return new Deviates(said(said, "deviates"));
    }
    if (said.keySet().equals(Set.of("not ours"))) {
      return new NotOurs(said(said, "not ours"));
    }
    throw new IllegalArgumentException(
        "neither rule and test, nor deviates, nor not ours: " + said.keySet());
  }

  private static String said(Map<String, String> values, String name) {
    return Objects.requireNonNull(values.get(name));
  }

  private static List<Place> places(String text) {
    return List.of(text.split(",")).stream().map(String::strip).map(Place::of).toList();
  }
}
