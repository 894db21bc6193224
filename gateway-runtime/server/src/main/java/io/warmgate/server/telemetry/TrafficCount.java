package io.warmgate.server.telemetry;

import io.warmgate.config.admin.Miss;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.traffic.Missed;
import io.warmgate.server.traffic.ReleaseCounters;
import io.warmgate.server.traffic.RuleCounters;
import org.jspecify.annotations.Nullable;

/** What a request that ended counts as in its rule's traffic. */
final class TrafficCount {
  private static final Missed BYPASSED = Missed.of(Miss.BYPASSED);
  private static final Missed FAILED = Missed.of(Miss.FAILED);
  private static final Missed FIRST_SEEN = Missed.of(Miss.FIRST_SEEN);
  private static final Kind[] KINDS = kinds();

  private enum Kind {
    FRESH,
    STALE,
    /** To the origin, or to another's fetch. */
    FORWARDED,
    BYPASSED,
    PROBLEM,
    /** Nothing that a cache could answer. */
    PASSED
  }

  private TrafficCount() {}

  /**
   * @param reason the place of the exchange's reason in {@link ReasonIndex}
   */
  static void add(Exchange exchange, int reason, Source source) {
    ReleaseCounters release = exchange.releaseCounters();
    if (release == null) {
      RuleCounters rule = exchange.ruleCounters();
      if (rule != null) {
        rule.own();
      }
      return;
    }
    switch (KINDS[reason]) {
      case FRESH -> release.fresh();
      case STALE -> release.stale();
      case BYPASSED -> release.missed(BYPASSED);
      case PASSED -> release.passed();
      case PROBLEM -> {
        if (exchange.missed() == null) {
          release.passed();
        } else {
          release.missed(FAILED);
        }
      }
      case FORWARDED -> {
        if (source == Source.CACHE) {
          release.coalesced();
        } else {
          forwarded(exchange, release);
        }
      }
    }
  }

  /** The answer's own word goes before the lookup's. */
  private static void forwarded(Exchange exchange, ReleaseCounters release) {
    Missed missed = exchange.missed();
    String token = exchange.notStored();
    Reason notStored = token == null ? null : ReasonIndex.reason(ReasonIndex.of(token));
    if (exchange.reply().status() >= 500) {
      release.missed(FAILED);
    } else if (token == null || notStored == null || isNoFault(notStored)) {
      release.missed(missed == null ? FIRST_SEEN : missed);
    } else if (isRequests(notStored)) {
      release.missed(BYPASSED);
    } else {
      release.uncacheable(token);
    }
  }

  /** An answer that may be kept, and was not this time. */
  private static boolean isNoFault(Reason notStored) {
    return switch (notStored) {
      case RARELY_ASKED, INCOMPLETE, SUPERSEDED -> true;
      default -> false;
    };
  }

  /** The request said so, or the policy of it. */
  private static boolean isRequests(Reason notStored) {
    return switch (notStored) {
      case REQUEST_NO_STORE, UNSTORED, HEAD -> true;
      default -> false;
    };
  }

  private static Kind[] kinds() {
    Kind[] kinds = new Kind[ReasonIndex.size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = ReasonIndex.isProblem(i) ? Kind.PROBLEM : kind(ReasonIndex.reason(i));
    }
    return kinds;
  }

  private static Kind kind(@Nullable Reason reason) {
    return switch (reason) {
      case null -> Kind.PASSED;
      case FRESH -> Kind.FRESH;
      case STALE_ACCEPTED, STALE_WHILE_REVALIDATE, STALE_IF_ERROR -> Kind.STALE;
      case NO_POLICY, METHOD -> Kind.PASSED;
      default ->
          switch (reason.forwarded()) {
            case null -> Kind.PASSED;
            case BYPASS, METHOD, REQUEST -> Kind.BYPASSED;
            case URI_MISS, VARY_MISS, MISS, STALE, PARTIAL -> Kind.FORWARDED;
          };
    };
  }
}
