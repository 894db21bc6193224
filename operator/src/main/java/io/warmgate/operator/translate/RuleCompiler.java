package io.warmgate.operator.translate;

import io.warmgate.config.AccessRule;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Filter;
import io.warmgate.config.KeyParts;
import io.warmgate.config.Match;
import io.warmgate.config.Retry;
import io.warmgate.config.Rule;
import io.warmgate.config.Timeouts;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.RouteMatch;
import io.warmgate.crd.v1alpha1.RouteRetry;
import io.warmgate.crd.v1alpha1.RouteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a route. A backend that cannot be resolved is left out; where it was the last, the
 * rule goes on with the backends that it has in the current revision, as far as those are still
 * there and not asked in plain what is now to be asked over TLS, and else answers 500 (Gateway API,
 * HTTPRouteRule {@code backendRefs}).
 */
final class RuleCompiler {
  private static final Durations.Bounds TIMEOUT = Durations.Bounds.of("0s", "24h");
  private static final Durations.Bounds BACKOFF = Durations.Bounds.of("0s", "1m");

  private final BackendCompiler backends;
  private final PolicyBook policies;
  private final Running running;
  private final Issuers issuers;
  private final Findings findings;

  /**
   * @param asWritten false where the rule goes on with backends that are no longer written
   */
  record Outcome(Rule rule, List<Backend> backends, boolean asWritten) {}

  RuleCompiler(
      BackendCompiler backends,
      PolicyBook policies,
      Running running,
      Issuers issuers,
      Findings findings) {
    this.backends = backends;
    this.policies = policies;
    this.running = running;
    this.issuers = issuers;
    this.findings = findings;
  }

  /** Whose tokens rules may accept. */
  Issuers issuers() {
    return issuers;
  }

  /**
   * @throws Unusable naming the first field that is invalid
   */
  Outcome compile(ApiRoute route, int index, RouteRule spec) {
    String path = "spec.rules[" + index + "]";
    String id = spec.name() == null ? String.valueOf(index) : spec.name();
    ObjectKey object = ObjectKey.of(route);
    List<Match> matches = matches(path, spec.matches());
    List<Filter> filters = FilterCompiler.compile(path, spec);
    AccessRule access =
        spec.auth() == null
            ? null
            : AccessCompiler.compile(path + ".auth", spec.auth(), issuers, backends.certificates());
    Optional<CacheRule> cache = policies.effective(object.name(), id);
    cache.ifPresent(rule -> checkCallers(object, id, rule, access));
    Generations generations = new Generations(route, spec, filters, cache.orElse(null));
    List<Backend> found = new ArrayList<>();
    List<BackendRef> refs = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < spec.backendRefs().size(); i++) {
      io.warmgate.crd.v1alpha1.BackendRef ref = spec.backendRefs().get(i);
      try {
        Backend backend = backends.compile(path + ".backendRefs[" + i + "]", ref);
        found.add(backend);
        refs.add(new BackendRef(backend.id(), ref.weight(), generations.of(ref)));
      } catch (Unusable e) {
        if (e.isInvalid()) {
          throw e;
        }
        findings.add(e.in(object));
        missing.add(e.text());
      }
    }
    boolean lost = refs.isEmpty() && !missing.isEmpty();
    if (lost) {
      keepRunning(object, id, spec, found, refs);
    }
    boolean kept = lost && !refs.isEmpty();
    return new Outcome(
        new Rule(
            id,
            matches,
            filters,
            refs,
            unavailable(spec, refs, missing),
            timeouts(path, spec),
            retry(path, spec.retry()),
            cache.orElse(null),
            access,
            LimitCompiler.compile(path + ".limits", spec.limits()),
            IdempotencyCompiler.compile(path + ".idempotency", spec.idempotency())),
        found,
        !kept);
  }

  /** Answers are kept by caller, and the rule knows none: nothing of it is cached. */
  private void checkCallers(
      ObjectKey route, String rule, CacheRule cache, @Nullable AccessRule access) {
    KeyParts.CallerPartition callers = cache.options().keyParts().callers();
    boolean credentials = access != null && access.hasCredentials();
    if (callers == null
        || (access != null
            && (callers.claim() == null ? credentials : !access.issuers().isEmpty()))) {
      return;
    }
    policies
        .partitioner(route.name(), rule)
        .ifPresent(
            policy ->
                findings.add(
                    policy,
                    ConditionType.ACCEPTED,
                    ConditionReason.CALLERS_UNKNOWN,
                    ("spec.key.partitionBy: rule '%s' of %s has no %s, so nothing of it is cached;"
                            + " give it one, or a CachePolicy with partitionBy: None")
                        .formatted(rule, route, missing(access, callers))));
  }

  private static String missing(@Nullable AccessRule access, KeyParts.CallerPartition callers) {
    if (access == null) {
      return "auth";
    }
    return callers.claim() == null ? "credential that auth accepts" : "auth.jwt";
  }

  private void keepRunning(
      ObjectKey object, String id, RouteRule spec, List<Backend> found, List<BackendRef> refs) {
    Optional<Rule> rule = running.rule(object.id(), id);
    for (BackendRef ref : rule.map(Rule::backends).orElse(List.of())) {
      running
          .backend(ref.backend())
          .filter(backends::stillThere)
          .filter(
              backend ->
                  spec.backendRefs().stream().noneMatch(asked -> backends.inPlain(backend, asked)))
          .ifPresent(
              backend -> {
                found.add(backend);
                refs.add(ref);
              });
    }
  }

  private static @Nullable String unavailable(
      RouteRule spec, List<BackendRef> refs, List<String> missing) {
    if (spec.backendRefs().isEmpty()) {
      return null;
    }
    if (refs.isEmpty()) {
      return String.join("; ", missing);
    }
    return refs.stream().allMatch(ref -> ref.weight() == 0) ? "every weight is 0" : null;
  }

  private static List<Match> matches(String path, List<RouteMatch> specs) {
    List<Match> matches = new ArrayList<>();
    for (RouteMatch spec : specs) {
      matches.add(MatchCompiler.compile(path + ".matches[" + matches.size() + "]", spec));
    }
    return matches;
  }

  private static Timeouts timeouts(String path, RouteRule spec) {
    return new Timeouts(
        Durations.millisOrNone(path + ".timeouts.request", spec.timeouts().request(), TIMEOUT),
        Durations.millisOrNone(
            path + ".timeouts.backendRequest", spec.timeouts().backendRequest(), TIMEOUT));
  }

  private static Retry retry(String path, @Nullable RouteRetry retry) {
    return retry == null
        ? new Retry(0, 0)
        : new Retry(
            Objects.requireNonNull(retry.attempts()),
            Durations.millis(path + ".retry.backoff", retry.backoff(), BACKOFF));
  }
}
