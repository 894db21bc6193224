package io.warmgate.local.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Resources with their conditions, as columns of text. */
public final class ResourceTable {
  private static final int GAP = 3;

  private ResourceTable() {}

  /** The table, a line each, sorted by kind and name; empty without resources. */
  public static String of(List<GenericKubernetesResource> resources) {
    if (resources.isEmpty()) {
      return "";
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("RESOURCE", "STATE", "CONDITIONS"));
    resources.stream()
        .sorted(Comparator.comparing(ResourceTable::name))
        .map(resource -> List.of(name(resource), state(resource), conditions(resource)))
        .forEach(rows::add);
    int first = width(rows, 0);
    int second = width(rows, 1);
    return rows.stream()
        .map(
            row ->
                (pad(row.get(0), first) + pad(row.get(1), second) + row.get(2)).stripTrailing()
                    + "\n")
        .collect(Collectors.joining());
  }

  /** {@code kind/name}, with the namespace where it is not the default one. */
  public static String name(GenericKubernetesResource resource) {
    String namespace = resource.getMetadata().getNamespace();
    String at = namespace == null || namespace.equals("default") ? "" : namespace + "/";
    return resource.getKind().toLowerCase(Locale.ROOT)
        + "/"
        + at
        + resource.getMetadata().getName();
  }

  private static String state(GenericKubernetesResource resource) {
    return switch (Standings.of(resource)) {
      case Standing.Ready() -> "ready";
      case Standing.Waiting(String missing) when missing.contains(" of ") -> missing;
      case Standing.Waiting _ -> "waiting";
      case Standing.Rejected _ -> "REFUSED";
    };
  }

  private static String conditions(GenericKubernetesResource resource) {
    return StateCondition.of(resource).stream()
        .filter(condition -> !condition.type().equals("Progressing"))
        .filter(condition -> !(condition.type().equals("Degraded") && condition.isFalse()))
        .map(ResourceTable::condition)
        .collect(Collectors.joining(" "));
  }

  private static String condition(StateCondition condition) {
    boolean good = condition.isTrue() != condition.type().equals("Degraded");
    if (good) {
      return condition.current() ? condition.type() : condition.type() + "(outdated)";
    }
    String why =
        condition.message().isEmpty()
            ? condition.reason()
            : condition.reason() + ": " + condition.message();
    return "%s=%s(%s)".formatted(condition.type(), condition.status(), why);
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0) + GAP;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
