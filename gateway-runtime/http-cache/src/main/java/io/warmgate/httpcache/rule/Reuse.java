package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Form;
import io.warmgate.httpcache.Decision.Forward;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Plain;
import io.warmgate.httpcache.Decision.Refuse;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Decision.ServeAndRevalidate;
import io.warmgate.httpcache.Decision.Validate;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.Validity.Constraint;
import io.warmgate.httpcache.rule.CacheControl.Flag;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether an entry answers a request, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-4">RFC 9111 §4</a>: "When presented with a
 * request, a cache MUST NOT reuse a stored response unless" its conditions hold. That the target
 * URI, the method and the selecting fields match is the key's part.
 *
 * <p>A request for a range is answered from a whole entry ({@link ByteRanges}), which is validated
 * before where it has to be. Where there is none, {@link RangeReuse} decides.
 */
public final class Reuse {
  private Reuse() {}

  /** Requests that are none for the cache, before it is looked into; empty: look. */
  public static Optional<Pass> beforeLookup(RequestView request) {
    if (!request.isGet() && !request.isHead()) {
      return pass(Reason.METHOD);
    }
    // RFC 9110 §9.3.1: content in a GET "has no generally defined semantics", and an origin that
    // reads it makes an answer that the key does not tell from others.
    if (request.hasContent()) {
      return pass(Reason.REQUEST_CONTENT);
    }
    return Preconditions.areOrigins(request.fields())
        ? pass(Reason.PRECONDITION)
        : Optional.empty();
  }

  private static Optional<Pass> pass(Reason reason) {
    return Optional.of(new Pass(reason, reason));
  }

  /**
   * For a request that nothing usable is stored for.
   *
   * @param why {@code NOTHING_FOUND}, {@code OTHER_VARIANT}, {@code PURGED} or {@code UNREADABLE}
   */
  public static Decision miss(RequestView request, Reason why) {
    CacheControl.Request directives = CacheControl.request(request.fields());
    // RFC 9111 §5.2.1.7: "Caches that honor this request directive SHOULD, upon receiving it,
    // respond with either a stored response consistent with the other constraints of the request
    // or a 504 (Gateway Timeout) status code."
    if (directives.has(Flag.ONLY_IF_CACHED)) {
      return new Refuse(Reason.ONLY_IF_CACHED, 504);
    }
    if (ByteRanges.isAskedFor(request)) {
      return new Pass(Reason.RANGE, Reason.RANGE);
    }
    // A HEAD stores nothing, and a response under no-store may not be stored: nobody waits for
    // them.
    if (!request.isGet()) {
      return new Pass(why, Reason.HEAD);
    }
    return directives.has(Flag.NO_STORE)
        ? new Pass(why, Reason.REQUEST_NO_STORE)
        : new Forward(why);
  }

  /** For a request and the entry that its key selects. */
  public static Decision decide(
      RequestView request, StoredResponse entry, CachingPolicy policy, long now) {
    CacheControl.Request directives = CacheControl.request(request.fields());
    Validity validity = entry.validity();
    boolean fresh = Freshness.isFresh(validity, now);
    Optional<Reason> unusable = unusable(validity, fresh, directives, policy, now);
    if (unusable.isEmpty()) {
      return serve(request, entry, fresh ? Reason.FRESH : Reason.STALE_ACCEPTED, now);
    }
    // RFC 5861 §3: a cache that serves it "SHOULD attempt to revalidate it while still serving
    // stale responses (i.e., without blocking)"; a request whose response may not be stored cannot.
    return unusable.get() == Reason.STALE
            && !directives.has(Flag.NO_STORE)
            && StaleServing.isWhileRevalidating(validity, directives, policy, now)
        ? new ServeAndRevalidate(
            serve(request, entry, Reason.STALE_WHILE_REVALIDATE, now), Validation.conditions(entry))
        : ask(request, entry, directives, unusable.get());
  }

  /**
   * The same for a request that the policy lets look, and not store: what may be stored is passed
   * on instead, and nothing is brought up to date.
   */
  public static Decision withoutStoring(Decision decision) {
    return switch (decision) {
      case ServeAndRevalidate _, Forward _, Validate _ ->
          new Pass(
              decision instanceof ServeAndRevalidate ? Reason.STALE : decision.reason(),
              Reason.UNSTORED);
      case Serve _, Pass _, Refuse _ -> decision;
    };
  }

  /**
   * What a stale entry answers where the origin failed to give another; empty: the failure is the
   * answer.
   *
   * @param status of the origin's answer; empty: there was none
   */
  public static Optional<Serve> afterError(
      RequestView request,
      StoredResponse entry,
      OptionalInt status,
      CachingPolicy policy,
      long now) {
    // RFC 9111 §4.3.3: on a 5xx the cache "can either forward this response to the requesting
    // client or act as if the server failed to respond. In the latter case, the cache can send a
    // previously stored response, subject to its constraints on doing so".
    CacheControl.Request directives = CacheControl.request(request.fields());
    return (status.isEmpty() || StaleServing.isError(status.getAsInt()))
            && StaleServing.isOnError(entry.validity(), directives, policy, now)
        ? Optional.of(serve(request, entry, Reason.STALE_IF_ERROR, now))
        : Optional.empty();
  }

  /** The answer made of an entry that was just validated, however fresh it is. */
  public static Serve afterValidation(RequestView request, StoredResponse entry, long now) {
    return serve(request, entry, Reason.VALIDATED, now);
  }

  static Optional<Reason> unusable(
      Validity validity,
      boolean fresh,
      CacheControl.Request directives,
      CachingPolicy policy,
      long now) {
    // "the stored response does not contain the no-cache directive (Section 5.2.2.4), unless it is
    // successfully validated"
    if (validity.constraints().contains(Constraint.NO_CACHE)) {
      return Optional.of(Reason.NO_CACHE);
    }
    if (policy.clientDirectives() == ClientDirectives.PROTECT_ORIGIN) {
      return fresh ? Optional.empty() : Optional.of(Reason.STALE);
    }
    // §5.2.1.4: "the client prefers a stored response not be used to satisfy the request without
    // successful validation on the origin server."
    if (directives.has(Flag.NO_CACHE)) {
      return Optional.of(Reason.REQUEST_NO_CACHE);
    }
    // §5.2.1.1: "the client prefers a response whose age is less than or equal to the specified
    // number of seconds."
    long age = Age.current(validity, now);
    if (directives.maxAge() != CacheControl.ABSENT && age > directives.maxAge() * 1000) {
      return Optional.of(fresh ? Reason.REQUEST_MAX_AGE : Reason.STALE);
    }
    // §5.2.1.3: "the client prefers a response whose freshness lifetime is no less than its current
    // age plus the specified time in seconds."
    if (directives.minFresh() != CacheControl.ABSENT
        && validity.lifetimeMillis() < age + directives.minFresh() * 1000) {
      return Optional.of(fresh ? Reason.REQUEST_MIN_FRESH : Reason.STALE);
    }
    return fresh || StaleServing.isAccepted(validity, directives, now)
        ? Optional.empty()
        : Optional.of(Reason.STALE);
  }

  private static Decision ask(
      RequestView request, StoredResponse entry, CacheControl.Request directives, Reason reason) {
    if (directives.has(Flag.ONLY_IF_CACHED) || directives.has(Flag.NO_STORE)) {
      return miss(request, reason);
    }
    FieldList conditions = Validation.conditions(entry);
    return conditions.size() == 0 ? miss(request, reason) : new Validate(reason, conditions);
  }

  private static Serve serve(RequestView request, StoredResponse entry, Reason reason, long now) {
    return new Serve(
        reason,
        form(request, entry, now),
        Age.current(entry.validity(), now) / 1000,
        Math.floorDiv(Freshness.remaining(entry.validity(), now), 1000));
  }

  /** RFC 9110 §13.2.2: conditions first, then the range. */
  private static Form form(RequestView request, StoredResponse entry, long now) {
    if (Preconditions.clientHasIt(request.fields(), entry.status(), entry.fields(), now)) {
      return Plain.NOT_MODIFIED;
    }
    return entry.status() == 200 && ByteRanges.isAskedFor(request)
        ? ByteRanges.form(request.fields(), entry.fields(), entry.body().length(), now)
        : Plain.WHOLE;
  }
}
