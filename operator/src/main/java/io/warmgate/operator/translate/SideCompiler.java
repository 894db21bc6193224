package io.warmgate.operator.translate;

import io.warmgate.config.Backend;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Shift;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.operator.rollout.Sides;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route's two sides out of what is written now and what runs. A release that is neither is not
 * there any more, and its side is left out.
 */
final class SideCompiler {
  private final Running running;
  private final Values values;
  private final Issuers issuers;
  private final Models models;
  private final Findings findings;

  SideCompiler(Running running, Values values, Issuers issuers, Models models, Findings findings) {
    this.running = running;
    this.values = values;
    this.issuers = issuers;
    this.models = models;
    this.findings = findings;
  }

  /** A route that is served, and what a rollout goes by. */
  record Outcome(CompiledRoute route, RouteRelease release) {}

  List<Outcome> compileAll(List<CompiledRoute> written, Map<String, Sides> sides) {
    List<Outcome> outcomes = new ArrayList<>();
    for (CompiledRoute route : written) {
      Outcome outcome = compile(route, sides.get(route.route().id()));
      if (route.asWritten() && !outcome.route().asWritten()) {
        findings.add(notServed(route.object(), outcome.release()));
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private static Finding notServed(ObjectKey object, RouteRelease release) {
    return new Finding(
        object,
        ConditionType.PROGRAMMED,
        ConditionReason.RELEASE_NOT_SERVED,
        "Release %s is written, and %s serves: see status.rollout"
            .formatted(release.wanted().name(), release.served().first()));
  }

  /**
   * @param written what is written now, or what goes on where that cannot be used
   * @param asked which releases are to have which share; null: what runs goes on, and what does not
   *     run yet is as it is written
   */
  Outcome compile(CompiledRoute written, @Nullable Sides asked) {
    Release candidate = Release.of(written.route().rules());
    Route runs = running.route(written.route().id()).orElse(null);
    Sides wanted = asked != null ? asked : new Sides(unasked(candidate, runs).name(), null, 0);
    Side first = side(wanted.first(), written, candidate, runs);
    Side other = wanted.other() == null ? null : side(wanted.other(), written, candidate, runs);
    Sides served;
    CompiledRoute route;
    if (first == null) {
      served = new Sides(candidate.name(), null, 0);
      route = written;
    } else if (other == null) {
      served = new Sides(wanted.first(), null, 0);
      route = one(written, first);
    } else {
      served = wanted;
      route = two(written, wanted, first, other);
    }
    Shift shift = runs == null ? null : runs.shift();
    return new Outcome(
        route,
        new RouteRelease(
            written.route().id(),
            candidate,
            runs == null ? null : Release.of(runs.rules()),
            shift == null ? null : Release.of(shift.rules()),
            written.asWritten(),
            unusable(written.route()),
            written.plan().settings(),
            served));
  }

  private static Release unasked(Release candidate, @Nullable Route runs) {
    Release now = runs == null ? candidate : Release.of(runs.rules());
    return candidate.inPlaceOf(now) ? candidate : now;
  }

  private record Side(List<Rule> rules, Map<String, Backend> backends) {}

  private @Nullable Side side(
      String release, CompiledRoute written, Release candidate, @Nullable Route runs) {
    if (release.equals(candidate.name())) {
      return new Side(written.route().rules(), written.backends());
    }
    if (runs == null) {
      return null;
    }
    if (Release.of(runs.rules()).name().equals(release)) {
      return held(runs.rules(), written.route().rules());
    }
    Shift shift = runs.shift();
    return shift != null && Release.of(shift.rules()).name().equals(release)
        ? held(shift.rules(), written.route().rules())
        : null;
  }

  /** Null where a value that it needs is gone. */
  private @Nullable Side held(List<Rule> ran, List<Rule> written) {
    List<Rule> still = models.still(ran);
    if (still == null) {
      return null;
    }
    List<Rule> rules =
        still.stream().map(issuers::still).map(rule -> guarded(rule, written)).toList();
    Map<String, Backend> backends = new HashMap<>();
    for (Rule rule : rules) {
      rule.backends()
          .forEach(
              ref -> running.backend(ref.backend()).ifPresent(any -> backends.put(any.id(), any)));
    }
    return backends.values().stream().allMatch(values::has) && values.has(rules)
        ? new Side(rules, backends)
        : null;
  }

  /**
   * Who may call is no matter of a release: it holds on both sides as soon as it is written, where
   * the rule takes the same requests as the written one; else as it ran.
   */
  private static Rule guarded(Rule ran, List<Rule> written) {
    return written.stream()
        .filter(rule -> rule.id().equals(ran.id()) && rule.matches().equals(ran.matches()))
        .findFirst()
        .map(rule -> ran.unavailable() == null ? ran.withAccess(rule.access()) : ran)
        .orElse(ran);
  }

  /** Null where some rule has somebody to ask. */
  private static @Nullable String unusable(Route route) {
    return route.rules().stream()
        .map(Rule::unavailable)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static CompiledRoute one(CompiledRoute written, Side side) {
    Route as = written.route();
    return side.rules().equals(as.rules())
        ? written
        : written.with(
            new Route(as.id(), as.listeners(), as.hostnames(), side.rules()),
            side.backends(),
            false);
  }

  private static CompiledRoute two(CompiledRoute written, Sides sides, Side first, Side other) {
    Route as = written.route();
    boolean between = sides.percent() > 0 && sides.percent() < 100;
    Map<String, Backend> backends = new HashMap<>(first.backends());
    backends.putAll(other.backends());
    List<Rule> all = sides.percent() == 100 ? other.rules() : first.rules();
    return written.with(
        new Route(
            as.id(),
            as.listeners(),
            as.hostnames(),
            first.rules(),
            new Shift(
                sides.first(),
                Objects.requireNonNull(sides.other()),
                other.rules(),
                sides.percent(),
                between ? written.plan().hashOn() : null,
                between ? written.plan().headers() : List.of())),
        backends,
        written.asWritten() && !between && all.equals(as.rules()));
  }
}
