package io.warmgate.local.explain;

import io.warmgate.config.CacheRule;
import io.warmgate.config.admin.ExplainRequest.Field;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.Explanation.Cached;
import io.warmgate.config.admin.Explanation.Decided;
import io.warmgate.config.admin.Explanation.Layer;
import io.warmgate.config.admin.Explanation.OriginAnswer;
import io.warmgate.config.admin.Explanation.Routed;
import io.warmgate.config.admin.Explanation.State;
import io.warmgate.operator.translate.PolicyText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answers of a gateway's pods, as text: what to do, the key, the policy, the layers. */
public final class ExplainText {
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

  private ExplainText() {}

  /**
   * @param gateway {@code namespace/name}
   * @param closest a sentence about the nearest routes; empty: none
   */
  public static String of(String asked, String gateway, List<PodAnswer> answers, String closest) {
    StringBuilder text = new StringBuilder(asked).append("   gateway ").append(gateway);
    List<Explanation> explained =
        answers.stream().map(PodAnswer::explanation).filter(Objects::nonNull).toList();
    Explanation first = explained.isEmpty() ? null : explained.getFirst();
    if (first != null && first.target() != null && !asked.endsWith(" " + first.target())) {
      text.append("   as ").append(first.target());
    }
    text.append("\n\n").append(Headline.of(answers, closest)).append('\n');
    if (first != null && first.routed() != null) {
      route(text, first.routed());
      Cached cached = first.cached();
      if (cached != null) {
        policy(text, cached.policy());
        if (cached.key() != null) {
          key(text, cached.key());
          others(text, cached.key(), answers);
        }
      }
      text.append('\n');
    }
    return text.append(layers(answers).text()).toString();
  }

  private static void route(StringBuilder text, Routed routed) {
    line(
        text,
        "route",
        routed.route() + ", rule " + routed.rule() + ", listener " + routed.listener());
    for (Explanation.Share share : routed.shares()) {
      String weight = routed.shares().size() == 1 ? "" : ", weight " + share.weight();
      String chosen = share.chosen() || routed.shares().size() == 1 ? "" : " (not explained here)";
      line(
          text,
          "backend",
          share.backend() + weight + ", generation " + share.generation() + chosen);
    }
  }

  private static void policy(StringBuilder text, @Nullable CacheRule policy) {
    line(text, "policy", policy == null ? "none" : PolicyText.of(policy));
  }

  private static void key(StringBuilder text, Explanation.Key key) {
    line(text, "key", key.hash());
    String asked = key.queryAsked();
    boolean left = asked != null && !asked.equals(key.query());
    String query = key.query() == null ? "" : "?" + key.query();
    String dropped = left ? "   (of ?" + asked + ")" : "";
    line(
        text,
        "  of",
        key.method() + " " + key.scheme() + "://" + key.authority() + key.path() + query + dropped);
    fields(text, "  header", key.headers(), ": ");
    fields(text, "  cookie", key.cookies(), "=");
    fields(text, "  vary", key.variant(), ": ");
    if (key.partition() != null) {
      line(text, "  for", "credential " + key.partition());
    }
  }

  /** Pods that key it otherwise: they serve another revision, or saw another {@code Vary}. */
  private static void others(StringBuilder text, Explanation.Key key, List<PodAnswer> answers) {
    for (PodAnswer answer : answers) {
      Explanation explanation = answer.explanation();
      Cached cached = explanation == null ? null : explanation.cached();
      Explanation.Key other = cached == null ? null : cached.key();
      if (other != null && !other.hash().equals(key.hash())) {
        line(
            text,
            "key",
            other.hash() + ", generation " + other.generation() + " in " + answer.pod());
      }
    }
  }

  private static void fields(StringBuilder text, String name, List<Field> fields, String is) {
    fields.forEach(field -> line(text, name, field.name() + is + field.value()));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-10s%s\n".formatted(name, value));
  }

  private static Columns layers(List<PodAnswer> answers) {
    Columns columns = new Columns();
    for (PodAnswer answer : answers) {
      columns.add(answer.pod(), pod(answer));
    }
    redis(answers).ifPresent(layer -> columns.add("Redis", cells(layer)));
    OriginAnswer origin = Headline.origin(answers);
    if (origin != null) {
      columns.add("origin", cells(origin));
    }
    return columns;
  }

  private static Map<String, String> pod(PodAnswer answer) {
    Explanation explanation = answer.explanation();
    if (explanation == null) {
      return Map.of("has", String.valueOf(answer.problem()));
    }
    Cached cached = explanation.cached();
    Layer memory = cached == null ? null : cached.memory();
    Map<String, String> cells =
        memory == null ? new LinkedHashMap<>(Map.of("has", "not looked up")) : cells(memory);
    cells.put("does", does(explanation.decided()));
    if (cached != null && cached.history() != null && cached.history().uses() != null) {
      cells.put("uses", String.valueOf(cached.history().uses()));
    }
    return cells;
  }

  /** All pods look at the same Redis; one that could is believed. */
  private static Optional<Layer> redis(List<PodAnswer> answers) {
    List<Layer> seen = new ArrayList<>();
    for (PodAnswer answer : answers) {
      Explanation explanation = answer.explanation();
      Cached cached = explanation == null ? null : explanation.cached();
      if (cached != null && cached.redis() != null && cached.redis().state() != State.NONE) {
        seen.add(cached.redis());
      }
    }
    return seen.stream()
        .filter(layer -> layer.state() != State.AWAY)
        .findFirst()
        .or(() -> seen.stream().findFirst());
  }

  private static Map<String, String> cells(Layer layer) {
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

  private static Map<String, String> cells(OriginAnswer origin) {
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
