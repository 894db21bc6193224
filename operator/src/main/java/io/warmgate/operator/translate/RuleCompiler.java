package io.warmgate.operator.translate;

import io.warmgate.config.AccessRule;
import io.warmgate.config.Backend;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Filter;
import io.warmgate.config.KeyParts;
import io.warmgate.config.Limit;
import io.warmgate.config.Match;
import io.warmgate.config.Model;
import io.warmgate.config.Prompt;
import io.warmgate.config.Retry;
import io.warmgate.config.Rule;
import io.warmgate.config.Timeouts;
import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.BackendRef;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.RouteMatch;
import io.warmgate.crd.v1alpha1.RouteRetry;
import io.warmgate.crd.v1alpha1.RouteRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One rule of a route; who answers its requests says {@link RuleOrigins}. */
final class RuleCompiler {
  private static final Durations.Bounds TIMEOUT = Durations.Bounds.of("0s", "24h");
  private static final long NO_TIMEOUT = 0;

  /** Of a rule of models: whoever thinks answers late, and whoever hangs does not hold for ever. */
  private static final long MODELS_TIMEOUT = Duration.ofMinutes(10).toMillis();

  private static final Durations.Bounds BACKOFF = Durations.Bounds.of("0s", "1m");

  private final Origins origins;
  private final PolicyBook policies;
  private final Running running;
  private final Issuers issuers;
  private final Findings findings;

  /**
   * @param asWritten false where the rule goes on with backends that are no longer written
   */
  record Outcome(Rule rule, List<Backend> backends, boolean asWritten) {}

  RuleCompiler(
      Origins origins, PolicyBook policies, Running running, Issuers issuers, Findings findings) {
    this.origins = origins;
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
            : AccessCompiler.compile(
                path + ".auth", spec.auth(), issuers, origins.backends().certificates());
    boolean models = spec.backendRefs().stream().anyMatch(BackendRef::asksModel);
    Optional<CacheRule> cache =
        models
            ? policies.effectiveForModels(object.name(), id)
            : policies.effective(object.name(), id);
    cache.ifPresent(rule -> checkCallers(object, id, rule, access));
    RuleOrigins asked = new RuleOrigins(origins, running);
    asked.resolve(
        path,
        spec,
        new Generations(route, spec, filters, cache.orElse(null)),
        running.rule(object.id(), id),
        problem -> findings.add(problem.in(object)));
    Prompt prompt =
        PromptCompiler.compile(path + ".prompt", spec.prompt(), () -> firstName(path, spec));
    checkModel(path + ".prompt.model", prompt, asked.refs());
    List<Limit> limits = LimitCompiler.compile(path + ".limits", spec.limits());
    LimitCompiler.checkPrices(path + ".limits", limits, models(asked.refs()));
    return new Outcome(
        new Rule(
            id,
            matches,
            filters,
            asked.refs(),
            asked.unavailable(),
            timeouts(path, spec, models ? MODELS_TIMEOUT : NO_TIMEOUT),
            retry(path, spec.retry()),
            cache.orElse(null),
            access,
            limits,
            IdempotencyCompiler.compile(path + ".idempotency", spec.idempotency()),
            prompt),
        asked.found(),
        asked.asWritten());
  }

  private String firstName(String path, RouteRule spec) {
    String first =
        origins
            .models()
            .firstName(
                Objects.requireNonNull(
                    spec.backendRefs().getFirst().name(), "an AiModelBackend is named"));
    if (first.equals(Model.ANY)) {
      throw Unusable.invalid(
          path + ".prompt.model", "is required where the first of the rule's models is any model");
    }
    return first;
  }

  private List<Model> models(List<io.warmgate.config.BackendRef> refs) {
    return refs.stream()
        .filter(ref -> ref.model() != null)
        .map(ref -> origins.models().served(Objects.requireNonNull(ref.model())))
        .toList();
  }

  /** Whoever asks would get a 404. */
  private void checkModel(
      String path, @Nullable Prompt prompt, List<io.warmgate.config.BackendRef> refs) {
    if (prompt != null
        && !refs.isEmpty()
        && models(refs).stream()
            .filter(model -> !model.provider().takesTensors())
            .noneMatch(model -> answersTo(model, prompt.model()))) {
      throw Unusable.invalid(
          path, "no model of the rule that holds conversations is called '" + prompt.model() + "'");
    }
  }

  private static boolean answersTo(Model model, String name) {
    return model.asksAny() ? !name.equals(Model.ANY) : model.names().contains(name);
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
    Optional<ObjectKey> said = policies.partitioner(route.name(), rule);
    said.or(() -> policies.nearest(route.name(), rule))
        .ifPresent(
            policy ->
                findings.add(
                    policy,
                    ConditionType.ACCEPTED,
                    ConditionReason.CALLERS_UNKNOWN,
                    ("spec.key.partitionBy: %srule '%s' of %s has no %s, so nothing of it is"
                            + " cached; give it one, or a CachePolicy with partitionBy: None")
                        .formatted(
                            said.isEmpty() ? "absent is Consumer where models answer, and " : "",
                            rule,
                            route,
                            missing(access, callers))));
  }

  private static String missing(@Nullable AccessRule access, KeyParts.CallerPartition callers) {
    if (access == null) {
      return "auth";
    }
    return callers.claim() == null ? "credential that auth accepts" : "auth.jwt";
  }

  private static List<Match> matches(String path, List<RouteMatch> specs) {
    List<Match> matches = new ArrayList<>();
    for (RouteMatch spec : specs) {
      matches.add(MatchCompiler.compile(path + ".matches[" + matches.size() + "]", spec));
    }
    return matches;
  }

  /**
   * @param byDefault of the request, in milliseconds
   */
  private static Timeouts timeouts(String path, RouteRule spec, long byDefault) {
    ApiDuration request = spec.timeouts().request();
    long firstToken =
        Durations.millisOrNone(
            path + ".timeouts.firstToken", spec.timeouts().firstToken(), TIMEOUT);
    return new Timeouts(
        request == null
            ? byDefault
            : Durations.millisOrNone(path + ".timeouts.request", request, TIMEOUT),
        Durations.millisOrNone(
            path + ".timeouts.backendRequest", spec.timeouts().backendRequest(), TIMEOUT),
        firstToken == 0 ? null : firstToken);
  }

  private static Retry retry(String path, @Nullable RouteRetry retry) {
    return retry == null
        ? new Retry(0, 0)
        : new Retry(
            Objects.requireNonNull(retry.attempts()),
            Durations.millis(path + ".retry.backoff", retry.backoff(), BACKOFF));
  }
}
