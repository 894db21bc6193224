package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.TtlRule;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.Validity.Constraint;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.rule.CacheControl.Flag;
import io.warmgate.httpcache.rule.Freshness.Lifetime;
import io.warmgate.httpcache.rule.StoreDecision.Keep;
import io.warmgate.httpcache.rule.StoreDecision.Skip;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a response is stored, <a href="https://www.rfc-editor.org/rfc/rfc9111#section-3">RFC 9111
 * §3</a>: "A cache MUST NOT store a response to a request unless" all of its conditions hold. A
 * shared cache is stricter where the RFC lets it: it shares nothing that may be one user's.
 */
public final class Storage {
  /** RFC 9110 §15.1, without 206 and without errors: "heuristically cacheable". */
  private static final Set<Integer> HEURISTICALLY_CACHEABLE = Set.of(200, 203, 204, 300, 301, 308);

  /**
   * Errors that tell about the resource, not about this request; stored with explicit freshness, or
   * where the policy says for how long. Other errors are not shared: whoever can cause one (an
   * oversized field, a strange method override) could give it to everybody.
   */
  private static final Set<Integer> ERRORS_OF_RESOURCE = TtlRule.NEGATIVE;

  /** Whose caching requirements are met here. */
  private static final Set<Integer> UNDERSTOOD =
      Set.of(200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 410, 451);

  /**
   * For validation an entry is kept beyond its freshness for as long again, within these bounds.
   */
  private static final long MIN_STALE_RETENTION = 60_000;

  private static final long MAX_STALE_RETENTION = 3_600_000;

  private Storage() {}

  /** Decides for the response to a request that was forwarded as a candidate for the cache. */
  public static StoreDecision decide(
      RequestView request, ResponseView response, CachingPolicy policy, long now) {
    Fields fields = response.fields();
    CacheControl.Response directives = TargetedCacheControl.of(fields);
    Optional<Reason> prohibited = prohibited(request, response, directives, policy);
    if (prohibited.isPresent()) {
      return new Skip(prohibited.get());
    }
    List<String> vary = Vary.names(fields);
    if (vary.contains(Vary.ANY)) {
      return new Skip(Reason.VARY_ANY);
    }
    if (vary.size() > VariantIndex.MAX_NAMES) {
      return new Skip(Reason.VARY_LIMIT);
    }
    Optional<Lifetime> explicit = Freshness.explicit(response, directives, policy);
    boolean guess = mayGuess(response, directives);
    if (explicit.isEmpty() && !guess && Freshness.ofStatus(response, policy).isEmpty()) {
      return new Skip(Reason.NO_FRESHNESS);
    }
    if (!saysItself(explicit, policy) && isPersonal(request, directives, vary, policy)) {
      return new Skip(Reason.COOKIE);
    }
    Lifetime lifetime =
        overriding(request, response, explicit, guess, policy)
            .or(() -> explicit)
            .or(() -> Freshness.ofStatus(response, policy))
            .or(() -> Freshness.guessed(response, policy))
            .orElse(new Lifetime(Reason.FOR_VALIDATION, 0));
    return keep(response, directives, lifetime, vary, policy, now);
  }

  /**
   * The policy's lifetime in place of the response's own. Not for what was asked with credentials
   * that the key does not hold: how long that may be shared is the origin's to say (RFC 9111 §3.5).
   */
  private static Optional<Lifetime> overriding(
      RequestView request,
      ResponseView response,
      Optional<Lifetime> explicit,
      boolean guess,
      CachingPolicy policy) {
    boolean others =
        policy.ttl().mode() == TtlRule.Mode.HONOR
            || explicit.isEmpty()
            || hasUnkeyedCredentials(request, policy);
    return others
        ? Optional.empty()
        : Freshness.ofStatus(response, policy)
            .or(
                () ->
                    guess && policy.ttl().defaultMillis() != null
                        ? Freshness.guessed(response, policy)
                        : Optional.empty())
            .map(lifetime -> new Lifetime(Reason.OVERRIDDEN, lifetime.millis()));
  }

  /**
   * Whether the response itself says that it may be shared for a while. One that says "not at all"
   * says nothing of the kind to a policy that overrides it.
   */
  private static boolean saysItself(Optional<Lifetime> explicit, CachingPolicy policy) {
    return explicit.isPresent()
        && (policy.ttl().mode() == TtlRule.Mode.HONOR || explicit.get().millis() > 0);
  }

  private static StoreDecision keep(
      ResponseView response,
      CacheControl.Response directives,
      Lifetime lifetime,
      List<String> vary,
      CachingPolicy policy,
      long now) {
    Validity validity =
        new Validity(
            response.requestMillis(),
            response.responseMillis(),
            Age.initial(response),
            lifetime.millis(),
            StaleServing.windows(directives),
            constraints(directives));
    FieldList fields = StoredFields.of(response.fields(), directives, response.responseMillis());
    boolean needsValidation =
        validity.constraints().contains(Constraint.NO_CACHE) || !Freshness.isFresh(validity, now);
    boolean canBeValidated = Validation.hasValidator(fields);
    if (needsValidation
        && !canBeValidated
        && StaleServing.longest(validity, CachingPolicy.DEFAULT) == 0) {
      return new Skip(Reason.EXPIRED);
    }
    Reason reason = needsValidation && canBeValidated ? Reason.FOR_VALIDATION : lifetime.reason();
    return new Keep(reason, fields, validity, retention(fields, validity, policy, now), vary);
  }

  /** How long an entry is worth its place from now on; at least a millisecond. */
  public static long retention(Fields stored, Validity validity, CachingPolicy policy, long now) {
    long forValidation =
        Validation.hasValidator(stored)
            ? Math.clamp(validity.lifetimeMillis(), MIN_STALE_RETENTION, MAX_STALE_RETENTION)
            : 0;
    long remaining = Freshness.remaining(validity, now);
    return Math.max(
        1,
        Math.max(
            Math.max(0, remaining) + forValidation,
            remaining + StaleServing.longest(validity, policy)));
  }

  private static Optional<Reason> prohibited(
      RequestView request,
      ResponseView response,
      CacheControl.Response directives,
      CachingPolicy policy) {
    // "the request method is understood by the cache;" A HEAD updates, it stores nothing.
    if (!request.isGet()) {
      return Optional.of(Reason.METHOD);
    }
    if (request.hasContent()) {
      return Optional.of(Reason.REQUEST_CONTENT);
    }
    Optional<Reason> status = status(response.status(), directives);
    if (status.isPresent()) {
      return status;
    }
    // §5.2.1.5: "The no-store request directive indicates that a cache MUST NOT store any part of
    // either this request or any response to it."
    if (CacheControl.request(request.fields()).has(Flag.NO_STORE)) {
      return Optional.of(Reason.REQUEST_NO_STORE);
    }
    // "if the cache is shared: the private response directive is either not present or allows a
    // shared cache to store a modified response;"
    if (directives.has(Flag.PRIVATE)) {
      return Optional.of(Reason.PRIVATE);
    }
    // §3.5: "A shared cache MUST NOT use a cached response to a request with an Authorization
    // header field [...] to satisfy any subsequent request unless the response contains a
    // Cache-Control field with a response directive [...] that allows it to be stored by a shared
    // cache"; these are "must-revalidate [...], public [...], and s-maxage". Where the key has the
    // credentials, no other user's request is satisfied.
    boolean allowsSharing =
        directives.has(Flag.PUBLIC)
            || directives.has(Flag.MUST_REVALIDATE)
            || directives.sharedMaxAge() != CacheControl.ABSENT;
    if (hasUnkeyedCredentials(request, policy) && !allowsSharing) {
      return Optional.of(Reason.AUTHORIZATION);
    }
    // A credential in the URL is one no less. The URL is in the key; but who holds it no more,
    // since
    // it was revoked, would be answered on, and the entry would tell it to whoever reads the store.
    if (!allowsSharing && Credentials.inTarget(request.target())) {
      return Optional.of(Reason.CREDENTIALS_IN_URL);
    }
    // §7.3: "Servers that wish to control caching of these responses are encouraged to emit
    // appropriate Cache-Control response header fields": many do not, and a cookie given to two
    // users is an account lost.
    return response.fields().contains("set-cookie")
        ? Optional.of(Reason.SET_COOKIE)
        : Optional.empty();
  }

  private static boolean hasUnkeyedCredentials(RequestView request, CachingPolicy policy) {
    return request.fields().contains("authorization")
        && !policy.keyedFields().contains("authorization");
  }

  private static Optional<Reason> status(int status, CacheControl.Response directives) {
    // "the response status code is final (see Section 15 of [HTTP]);" "if the response status code
    // is 206 or 304 [...]: the cache understands the response status code;" 412 and 416 answer
    // this request's conditions.
    if (status < 200 || status > 599 || Set.of(206, 304, 412, 416).contains(status)) {
      return Optional.of(Reason.STATUS);
    }
    if (status >= 400 && !ERRORS_OF_RESOURCE.contains(status)) {
      return Optional.of(Reason.ERROR_STATUS);
    }
    // §5.2.2.3: "The must-understand response directive limits caching of the response to a cache
    // that understands and conforms to the requirements for that response's status code." "When a
    // cache that implements the must-understand directive receives a response that includes it, the
    // cache SHOULD ignore the no-store directive if it understands and implements the status code's
    // caching requirements."
    if (directives.has(Flag.MUST_UNDERSTAND)) {
      return UNDERSTOOD.contains(status) ? Optional.empty() : Optional.of(Reason.MUST_UNDERSTAND);
    }
    // "the no-store cache directive is not present in the response (see Section 5.2.2.5);"
    return directives.has(Flag.NO_STORE) ? Optional.of(Reason.NO_STORE) : Optional.empty();
  }

  /**
   * "the response contains at least one of: a public response directive; [...] an Expires header
   * field; a max-age response directive; if the cache is shared: an s-maxage response directive;
   * [...] or a status code that is defined as heuristically cacheable". A private directive that
   * names fields is not among them for a shared cache.
   */
  private static boolean mayGuess(ResponseView response, CacheControl.Response directives) {
    return HEURISTICALLY_CACHEABLE.contains(response.status())
        || (response.status() < 400 && directives.has(Flag.PUBLIC));
  }

  /** A page for one user, with an old {@code Last-Modified}, is not a page for all. */
  private static boolean isPersonal(
      RequestView request,
      CacheControl.Response directives,
      List<String> vary,
      CachingPolicy policy) {
    return request.fields().contains("cookie")
        && !directives.has(Flag.PUBLIC)
        && !policy.keyedFields().contains("cookie")
        && !vary.contains("cookie")
        && policy.cookies().isPersonal(request.fields());
  }

  private static Set<Constraint> constraints(CacheControl.Response directives) {
    EnumSet<Constraint> constraints = EnumSet.noneOf(Constraint.class);
    if (directives.has(Flag.NO_CACHE)) {
      constraints.add(Constraint.NO_CACHE);
    }
    // §5.2.2.10: s-maxage "incorporates the semantics of the proxy-revalidate response directive
    // (Section 5.2.2.8) for a shared cache."
    if (directives.has(Flag.MUST_REVALIDATE)
        || directives.has(Flag.PROXY_REVALIDATE)
        || directives.sharedMaxAge() != CacheControl.ABSENT) {
      constraints.add(Constraint.MUST_REVALIDATE);
    }
    return constraints;
  }
}
