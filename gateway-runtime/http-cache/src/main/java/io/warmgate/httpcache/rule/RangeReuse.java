package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.Decision.Form;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Plain;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.rule.CacheControl.Flag;
import io.warmgate.httpcache.rule.RangeDecision.Answer;
import io.warmgate.httpcache.rule.RangeDecision.Ask;
import io.warmgate.httpcache.rule.RangeDecision.AskAll;
import io.warmgate.httpcache.rule.RangeDecision.AskRest;
import io.warmgate.httpcache.rule.RangeDecision.AskWhether;
import io.warmgate.httpcache.rule.RangeDecision.Otherwise;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Whether an incomplete entry answers a request for a range, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-3.3">RFC 9111 §3.3</a>: "A cache MUST NOT
 * use an incomplete response to answer requests unless the response has been made complete, or the
 * request is partial and specifies a range wholly within the incomplete response."
 */
public final class RangeReuse {
  private RangeReuse() {}

  /** Whether incomplete entries are of use to a request at all. */
  public static boolean concerns(RequestView request) {
    return ByteRanges.isAskedFor(request);
  }

  /** What is asked for, in one form for all that ask alike; empty: not one valid range. */
  public static Optional<String> wanted(RequestView request) {
    return ByteRanges.single(request.fields());
  }

  /**
   * Decides for a request for a range whose whole is not stored.
   *
   * @param entry null: there is none
   * @param none why there is no whole
   */
  public static RangeDecision decide(
      RequestView request,
      @Nullable PartialResponse entry,
      Reason none,
      CachingPolicy policy,
      long now) {
    CacheControl.Request directives = CacheControl.request(request.fields());
    if (entry == null) {
      return ask(request, directives, none);
    }
    boolean fresh = Freshness.isFresh(entry.validity(), now);
    Reason stale = Reuse.unusable(entry.validity(), fresh, directives, policy, now).orElse(null);
    Form form = form(request, entry, now);
    if (stale == null && isThere(entry, form)) {
      return new Answer(serve(request, entry, fresh ? Reason.FRESH : Reason.STALE_ACCEPTED, now));
    }
    if (stale == null && form == Plain.WHOLE) {
      // The client has parts of another representation, or asks for several parts.
      return otherwise(request, Reason.RANGE);
    }
    Reason reason = stale == null ? Reason.PARTLY_STORED : stale;
    RangeDecision all = ask(request, directives, reason);
    return all instanceof AskAll && form instanceof Part wanted
        ? askAbout(entry, wanted, reason).<RangeDecision>map(ask -> ask).orElse(all)
        : all;
  }

  /** The same for a request that the policy lets look, and not store. */
  public static RangeDecision withoutStoring(RangeDecision decision) {
    return switch (decision) {
      case Ask ask -> new Otherwise(new Pass(ask.reason(), Reason.UNSTORED));
      case Answer _, Otherwise _ -> decision;
    };
  }

  /** The answer made of an entry that was just validated, however fresh it is. */
  public static Serve afterValidation(RequestView request, PartialResponse entry, long now) {
    return serve(request, entry, Reason.VALIDATED, now);
  }

  /**
   * What a stale entry answers where the origin failed to give another; empty: the failure is the
   * answer.
   *
   * @param status of the origin's answer; empty: there was none
   */
  public static Optional<Serve> afterError(
      RequestView request,
      PartialResponse entry,
      OptionalInt status,
      CachingPolicy policy,
      long now) {
    return isThere(entry, form(request, entry, now))
            && Reuse.afterError(request, entry.head(), status, policy, now).isPresent()
        ? Optional.of(serve(request, entry, Reason.STALE_IF_ERROR, now))
        : Optional.empty();
  }

  /**
   * Whether a 206 is one for this client: of the representation that its {@code If-Range} names.
   *
   * @param fields of the 206
   */
  public static boolean isFor(RequestView request, FieldList fields, long now) {
    return Preconditions.ifRangeHolds(request.fields(), fields, now);
  }

  private static RangeDecision ask(
      RequestView request, CacheControl.Request directives, Reason reason) {
    Optional<String> range = ByteRanges.single(request.fields());
    if (directives.has(Flag.ONLY_IF_CACHED) || range.isEmpty()) {
      return otherwise(request, reason);
    }
    return directives.has(Flag.NO_STORE)
        ? new Otherwise(new Pass(reason, Reason.REQUEST_NO_STORE))
        : new AskAll(reason, FieldList.of("range", range.get()));
  }

  private static Otherwise otherwise(RequestView request, Reason reason) {
    return new Otherwise(Reuse.miss(request, reason));
  }

  /**
   * §3.3: "A cache MAY complete a stored incomplete response by making a subsequent range request".
   * Its {@code If-Range} has the origin send the whole where it is of another representation
   * (§4.3.1). Where more than one range is missing it costs less to ask for all.
   */
  private static Optional<Ask> askAbout(PartialResponse entry, Part wanted, Reason reason) {
    String tag = Objects.requireNonNull(entry.fields().first("etag"), "an incomplete entry's tag");
    List<Part> missing = entry.missing(wanted);
    if (missing.isEmpty()) {
      return Optional.of(
          new AskWhether(
              reason,
              wanted,
              FieldList.of("range", ByteRanges.text(wanted), "if-none-match", tag)));
    }
    Part rest = missing.getFirst();
    return missing.size() > 1 || rest.equals(wanted)
        ? Optional.empty()
        : Optional.of(
            new AskRest(
                reason,
                wanted,
                rest,
                FieldList.of("range", ByteRanges.text(rest), "if-range", tag)));
  }

  private static boolean isThere(PartialResponse entry, Form form) {
    return switch (form) {
      case Part part -> entry.holds(part);
      case Plain.NOT_MODIFIED, Plain.UNSATISFIABLE -> true;
      case Plain.WHOLE -> false;
    };
  }

  private static Form form(RequestView request, PartialResponse entry, long now) {
    return Preconditions.clientHasIt(request.fields(), 200, entry.fields(), now)
        ? Plain.NOT_MODIFIED
        : ByteRanges.form(request.fields(), entry.fields(), entry.length(), now);
  }

  private static Serve serve(RequestView request, PartialResponse entry, Reason reason, long now) {
    return new Serve(
        reason,
        form(request, entry, now),
        Age.current(entry.validity(), now) / 1000,
        Math.floorDiv(Freshness.remaining(entry.validity(), now), 1000));
  }
}
