package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Form;
import io.warmgate.httpcache.Decision.Forward;
import io.warmgate.httpcache.Decision.Refuse;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Decision.Storing;
import io.warmgate.httpcache.Decision.Validate;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.Validity.Constraint;
import io.warmgate.httpcache.rule.CacheControl.Flag;
import java.util.Optional;

/**
 * Whether an entry answers a request, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-4">RFC 9111 §4</a>: "When presented with a
 * request, a cache MUST NOT reuse a stored response unless" its conditions hold. That the target
 * URI, the method and the selecting fields match is the key's part.
 *
 * <p>A request for a range of a fresh entry is served the whole of it, RFC 9110 §14.2: "A server
 * MAY ignore the Range header field." Otherwise it goes to the origin as it is, and its response is
 * not stored.
 */
public final class Reuse {
  private Reuse() {}

  /** Requests that are none for the cache, before it is looked into; empty: look. */
  public static Optional<Forward> beforeLookup(RequestView request) {
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

  private static Optional<Forward> pass(Reason reason) {
    return Optional.of(new Forward(reason, Storing.PASS));
  }

  /**
   * For a request that nothing usable is stored for.
   *
   * @param why {@code NOT_STORED}, {@code OTHER_VARIANT}, {@code PURGED} or {@code UNREADABLE}
   */
  public static Decision miss(RequestView request, Reason why) {
    CacheControl.Request directives = CacheControl.request(request.fields());
    // RFC 9111 §5.2.1.7: "Caches that honor this request directive SHOULD, upon receiving it,
    // respond with either a stored response consistent with the other constraints of the request
    // or a 504 (Gateway Timeout) status code."
    if (directives.has(Flag.ONLY_IF_CACHED)) {
      return new Refuse(Reason.ONLY_IF_CACHED, 504);
    }
    if (isForRange(request)) {
      return new Forward(Reason.RANGE, Storing.PASS);
    }
    // A HEAD stores nothing, and a response under no-store may not be stored: nobody waits for
    // them.
    boolean storable = request.isGet() && !directives.has(Flag.NO_STORE);
    return new Forward(why, storable ? Storing.MAY_STORE : Storing.PASS);
  }

  /** For a request and the entry that its key selects. */
  public static Decision decide(
      RequestView request, StoredResponse entry, CachingPolicy policy, long now) {
    CacheControl.Request directives = CacheControl.request(request.fields());
    Validity validity = entry.validity();
    boolean fresh = Freshness.isFresh(validity, now);
    Optional<Reason> unusable = unusable(validity, fresh, directives, policy, now);
    return unusable.isEmpty()
        ? serve(request, entry, fresh ? Reason.FRESH : Reason.STALE_ACCEPTED, now)
        : ask(request, entry, directives, unusable.get());
  }

  /** The answer made of an entry that was just validated, however fresh it is. */
  public static Serve afterValidation(RequestView request, StoredResponse entry, long now) {
    return serve(request, entry, Reason.VALIDATED, now);
  }

  private static Optional<Reason> unusable(
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
    if (directives.has(Flag.ONLY_IF_CACHED) || isForRange(request)) {
      return miss(request, reason);
    }
    FieldList conditions = Validation.conditions(entry);
    return conditions.size() == 0 || directives.has(Flag.NO_STORE)
        ? miss(request, reason)
        : new Validate(reason, conditions);
  }

  private static Serve serve(RequestView request, StoredResponse entry, Reason reason, long now) {
    boolean clientHasIt =
        Preconditions.clientHasIt(request.fields(), entry.status(), entry.fields(), now);
    return new Serve(
        reason,
        clientHasIt ? Form.NOT_MODIFIED : Form.WHOLE,
        Age.current(entry.validity(), now) / 1000,
        Math.floorDiv(Freshness.remaining(entry.validity(), now), 1000));
  }

  /**
   * RFC 9110 §14.2: "A server MUST ignore a Range header field received with a request method that
   * is unrecognized or for which range handling is not defined. For this specification, GET is the
   * only method for which range handling is defined."
   */
  private static boolean isForRange(RequestView request) {
    return request.isGet() && request.fields().contains("range");
  }
}
