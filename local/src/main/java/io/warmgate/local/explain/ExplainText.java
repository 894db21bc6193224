package io.warmgate.local.explain;

import io.warmgate.config.CacheRule;
import io.warmgate.config.admin.ExplainRequest.Field;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.Explanation.Cached;
import io.warmgate.config.admin.Explanation.Layer;
import io.warmgate.config.admin.Explanation.OriginAnswer;
import io.warmgate.config.admin.Explanation.Routed;
import io.warmgate.config.admin.Explanation.State;
import io.warmgate.operator.translate.PolicyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answers of a gateway's pods, as text: what to do, the key, the policy, the layers. */
public final class ExplainText {
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
    if (routed.release() != null) {
      line(text, "release", routed.release());
    }
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
      columns.add(answer.pod(), Cells.of(answer));
    }
    redis(answers).ifPresent(layer -> columns.add("Redis", Cells.of(layer)));
    OriginAnswer origin = Headline.origin(answers);
    if (origin != null) {
      columns.add("origin", Cells.of(origin));
    }
    return columns;
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
}
