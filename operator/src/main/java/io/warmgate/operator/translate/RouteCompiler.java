package io.warmgate.operator.translate;

import io.warmgate.config.Backend;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Listener;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.RouteRule;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A route, whole or not at all: one with an invalid field goes on as it runs. */
final class RouteCompiler {
  private static final int MAX_PROBLEMS = 5;

  private final Snapshot snapshot;
  private final Set<String> served;
  private final RuleCompiler rules;
  private final Kept kept;
  private final Findings findings;

  RouteCompiler(
      Snapshot snapshot,
      List<Listener> listeners,
      RuleCompiler rules,
      Kept kept,
      Findings findings) {
    this.snapshot = snapshot;
    this.served = listeners.stream().map(Listener::name).collect(Collectors.toSet());
    this.rules = rules;
    this.kept = kept;
    this.findings = findings;
  }

  List<CompiledRoute> compileAll(RouteMemo memo) {
    memo.begin(snapshot, served, rules.issuers().names());
    List<CompiledRoute> routes = new ArrayList<>();
    for (ApiRoute route : snapshot.attachments().routes()) {
      Optional<CompiledRoute> known = memo.find(route);
      CompiledRoute compiled = known.isPresent() ? known.get() : compile(route, memo);
      if (compiled != null) {
        routes.add(compiled);
      }
    }
    return routes;
  }

  private @Nullable CompiledRoute compile(ApiRoute route, RouteMemo memo) {
    int found = findings.size();
    CompiledRoute compiled = compile(route);
    if (compiled != null && findings.size() == found) {
      memo.keep(route, compiled);
    }
    return compiled;
  }

  /** Null where nothing of it is served. */
  private @Nullable CompiledRoute compile(ApiRoute route) {
    ObjectKey object = ObjectKey.of(route);
    Attachment attachment;
    try {
      attachment = Attachment.of(route, snapshot.gateway());
    } catch (Attachment.Detached e) {
      findings.add(e.in(object));
      return null;
    }
    List<String> listeners = attachment.listeners().stream().filter(served::contains).toList();
    if (listeners.isEmpty()) {
      findings.add(
          object,
          ConditionType.PROGRAMMED,
          ConditionReason.PENDING,
          "it is attached to listener %s, which cannot be served: see the ApiGateway"
              .formatted(String.join(", ", attachment.listeners())));
    }
    CompiledRoute compiled = asWritten(object, route, attachment.hostnames(), listeners);
    if (listeners.isEmpty() || compiled != null) {
      return compiled;
    }
    return kept.route(object, listeners).orElse(null);
  }

  private @Nullable CompiledRoute asWritten(
      ObjectKey object, ApiRoute route, List<String> hostnames, List<String> listeners) {
    Map<String, Backend> backends = new HashMap<>();
    List<Rule> compiled = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    boolean written = true;
    RolloutCompiler.Plan plan = kept.plan();
    try {
      plan = RolloutCompiler.compile(route, snapshot.gateway().getSpec().rollout());
    } catch (Unusable e) {
      problems.add(e.text());
    }
    List<RouteRule> specs = route.getSpec().rules();
    for (int i = 0; i < specs.size(); i++) {
      try {
        RuleCompiler.Outcome outcome = rules.compile(route, i, specs.get(i));
        compiled.add(outcome.rule());
        outcome.backends().forEach(backend -> backends.put(backend.id(), backend));
        written &= outcome.asWritten();
      } catch (Unusable e) {
        problems.add(e.text());
      } catch (ConfigException e) {
        problems.add("spec.rules[%d]: %s".formatted(i, e.getMessage()));
      }
    }
    if (problems.isEmpty() && !listeners.isEmpty()) {
      try {
        Route whole = new Route(object.id(), listeners, hostnames, compiled);
        return CompiledRoute.of(object, whole, backends, written, plan);
      } catch (ConfigException e) {
        problems.add("spec: " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      findings.add(
          object, ConditionType.ACCEPTED, ConditionReason.INVALID, joined(object, problems));
    }
    return null;
  }

  private String joined(ObjectKey object, List<String> problems) {
    String some = problems.stream().limit(MAX_PROBLEMS).collect(Collectors.joining("; "));
    int more = problems.size() - MAX_PROBLEMS;
    return some
        + (more > 0 ? "; and " + more + " more" : "")
        + (kept.has(object) ? ". What ran before goes on" : "");
  }
}
