package io.warmgate.local.explain;

import io.warmgate.config.admin.ExplainRequest.Field;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.Explanation.Cached;
import io.warmgate.config.admin.Explanation.Decided;
import io.warmgate.config.admin.Explanation.Layer;
import io.warmgate.config.admin.Explanation.OriginAnswer;
import io.warmgate.config.admin.Explanation.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The cells of a column, by row: {@link Columns}. */
final class Cells {
  /** Response fields that say how long and for whom. */
  private static final List<String> TELLING =
      List.of(
          "cache-control",
          "cdn-cache-control",
          "warmgate-cache-control",
          "expires",
          "vary",
          "etag",
          "last-modified",
          "set-cookie");

  private Cells() {}

  /** What a pod has in memory, and what it would do. */
  static Map<String, String> of(PodAnswer answer) {
    Explanation explanation = answer.explanation();
    if (explanation == null) {
      return Map.of("has", String.valueOf(answer.problem()));
    }
    Cached cached = explanation.cached();
    Layer memory = cached == null ? null : cached.memory();
    Map<String, String> cells =
        memory == null ? new LinkedHashMap<>(Map.of("has", "not looked up")) : of(memory);
    cells.put("does", does(explanation.decided()));
    if (cached != null && cached.history() != null && cached.history().uses() != null) {
      cells.put("uses", String.valueOf(cached.history().uses()));
    }
    return cells;
  }

  /** What a layer has by itself. */
  static Map<String, String> of(Layer layer) {
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("has", has(layer.state()));
    if (layer.decided() != null) {
      cells.put("does", does(layer.decided()));
    }
    if (layer.purgedAtMillis() != null) {
      cells.put("purged", Units.instant(layer.purgedAtMillis()));
    }
    Explanation.Entry entry = layer.entry();
    if (entry != null) {
      cells.put("status", String.valueOf(entry.status()));
      cells.put("age", Units.time(entry.ageMillis()));
      cells.put(
          "fresh for", Headline.freshness(entry) + " of " + Units.time(entry.lifetimeMillis()));
      put(cells, "stale", stale(entry));
      put(cells, "demands", demands(entry));
      cells.put("received", Units.instant(entry.receivedAtMillis()));
      cells.put("size", Units.bytes(entry.bodyBytes()));
      put(cells, "tags", String.join(" ", entry.tags()));
      telling(cells, entry.headers());
    }
    return cells;
  }

  /** What the backend answers now, and what would become of it. */
  static Map<String, String> of(OriginAnswer origin) {
    Map<String, String> cells = new LinkedHashMap<>();
    if (origin.why() == null) {
      cells.put("has", "no answer: " + origin.problem());
      return cells;
    }
    cells.put("has", "an answer, after " + Units.time(origin.tookMillis()));
    cells.put("does", (origin.stored() ? "stored: " : "not stored: ") + origin.why().token());
    cells.put("status", String.valueOf(origin.status()));
    if (origin.lifetimeMillis() != null) {
      cells.put("fresh for", Units.time(origin.lifetimeMillis()));
    }
    telling(cells, origin.headers());
    return cells;
  }

  private static void telling(Map<String, String> cells, List<Field> headers) {
    for (String name : TELLING) {
      put(
          cells,
          name,
          headers.stream()
              .filter(field -> field.name().equals(name))
              .map(Field::value)
              .collect(Collectors.joining(", ")));
    }
  }

  private static void put(Map<String, String> cells, String row, String value) {
    if (!value.isEmpty()) {
      cells.put(row, value);
    }
  }

  private static String stale(Explanation.Entry entry) {
    List<String> said = new ArrayList<>();
    if (entry.staleWhileRevalidateMillis() > 0) {
      said.add(Units.time(entry.staleWhileRevalidateMillis()) + " while asking");
    }
    if (entry.staleIfErrorMillis() > 0) {
      said.add(Units.time(entry.staleIfErrorMillis()) + " on errors");
    }
    return String.join(", ", said);
  }

  private static String demands(Explanation.Entry entry) {
    return entry.constraints().stream()
        .map(constraint -> constraint.toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(" "));
  }

  private static String has(State state) {
    return switch (state) {
      case FOUND -> "an entry";
      case NOTHING -> "nothing";
      case OTHER_VARIANT -> "other variants";
      case PURGED -> "a purged entry";
      case UNREADABLE -> "what cannot be read";
      case AWAY -> "no answer now";
      case NONE -> "no such layer";
    };
  }

  private static String does(Decided decided) {
    String action =
        switch (decided.action()) {
          case SERVE -> "serve";
          case SERVE_AND_REVALIDATE -> "serve, ask meanwhile";
          case VALIDATE -> "ask whether right";
          case FORWARD -> "fetch";
          case PASS -> "pass on";
          case ANSWER -> "answer";
        };
    return action + ": " + decided.why().token();
  }
}
