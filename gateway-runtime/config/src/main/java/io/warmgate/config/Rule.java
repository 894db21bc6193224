package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a route: which requests, what is done to them, who answers.
 *
 * @param id the rule's name, or its index among the route's rules
 * @param matches any of them; never empty
 * @param filters in the order they run
 * @param backends one is chosen by weight; empty only where a filter answers itself, or where none
 *     of the rule's backends could be resolved ({@code unavailable} then says why)
 * @param unavailable why the rule's requests get a 500, or null where they do not
 * @param cache how answers are kept; null where no policy applies: proxied, not cached
 * @param access who may call it; null, and then not written: everybody
 * @param limits how much may be asked of it; may be left out
 * @param idempotency how it takes idempotency keys; null, and then not written: it does not
 * @param prompt what is asked of its models for clients; null, and then not written: what clients
 *     ask
 */
public record Rule(
    String id,
    List<Match> matches,
    List<Filter> filters,
    List<BackendRef> backends,
    @Nullable String unavailable,
    Timeouts timeouts,
    Retry retry,
    @Nullable CacheRule cache,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AccessRule access,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Limit> limits,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable IdempotencyRule idempotency,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Prompt prompt) {
  public Rule {
    Check.text("id", id);
    matches = Check.list("matches", matches);
    Check.that(!matches.isEmpty(), "matches", "is empty");
    filters = Check.list("filters", filters);
    backends = Check.list("backends", backends);
    Check.present("timeouts", timeouts);
    Check.present("retry", retry);
    boolean redirects = filters.stream().anyMatch(Filter.RequestRedirect.class::isInstance);
    Check.that(
        redirects || unavailable != null || !backends.isEmpty(),
        "backends",
        "is empty, and nothing else answers");
    long models = backends.stream().filter(ref -> ref.model() != null).count();
    Check.that(
        models == 0 || models == backends.size(), "backends", "has models beside what is none");
    Check.that(
        prompt == null || models > 0 || unavailable != null, "prompt", "is there, and no model");
    limits = limits == null ? List.of() : Check.list("limits", limits);
    Check.unique("limits", "name", limits, Limit::name);
  }

  /** Whether models answer. */
  public boolean asksModels() {
    return !backends.isEmpty() && backends.getFirst().model() != null;
  }

  /** The same with others that answer. */
  public Rule withBackends(List<BackendRef> others) {
    return new Rule(
        id,
        matches,
        filters,
        others,
        unavailable,
        timeouts,
        retry,
        cache,
        access,
        limits,
        idempotency,
        prompt);
  }

  /** The same for other requests. */
  public Rule withMatches(List<Match> others) {
    return new Rule(
        id,
        others,
        filters,
        backends,
        unavailable,
        timeouts,
        retry,
        cache,
        access,
        limits,
        idempotency,
        prompt);
  }

  /** The same within other limits. */
  public Rule withLimits(List<Limit> others) {
    return new Rule(
        id,
        matches,
        filters,
        backends,
        unavailable,
        timeouts,
        retry,
        cache,
        access,
        others,
        idempotency,
        prompt);
  }

  /** The same for other callers; null: for everybody. */
  public Rule withAccess(@Nullable AccessRule other) {
    return new Rule(
        id,
        matches,
        filters,
        backends,
        unavailable,
        timeouts,
        retry,
        cache,
        other,
        limits,
        idempotency,
        prompt);
  }

  /** The same with idempotency keys; null: without. */
  public Rule withIdempotency(@Nullable IdempotencyRule other) {
    return new Rule(
        id,
        matches,
        filters,
        backends,
        unavailable,
        timeouts,
        retry,
        cache,
        access,
        limits,
        other,
        prompt);
  }

  /** The same with a question of its own; null: with those of clients. */
  public Rule withPrompt(@Nullable Prompt other) {
    return new Rule(
        id,
        matches,
        filters,
        backends,
        unavailable,
        timeouts,
        retry,
        cache,
        access,
        limits,
        idempotency,
        other);
  }

  /** For everybody, without limits and idempotency keys. */
  public Rule(
      String id,
      List<Match> matches,
      List<Filter> filters,
      List<BackendRef> backends,
      @Nullable String unavailable,
      Timeouts timeouts,
      Retry retry,
      @Nullable CacheRule cache) {
    this(
        id,
        matches,
        filters,
        backends,
        unavailable,
        timeouts,
        retry,
        cache,
        null,
        List.of(),
        null,
        null);
  }
}
