package io.warmgate.server.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import io.warmgate.config.AccessRule;
import io.warmgate.config.AccessRule.Callers;
import io.warmgate.config.AccessRule.OnUnavailable;
import io.warmgate.server.exchange.Authenticator;
import io.warmgate.server.exchange.Caller;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.ProblemException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One revision's answer to who may go on. An API key, a certificate and a token that is remembered
 * are decided at once; any other token is verified elsewhere meanwhile.
 */
final class Gatekeeper implements Authenticator {
  private static final int RETRY_BUSY = 1;
  private static final int RETRY_KEYS = 5;

  private final VertxInternal vertx;
  private final IdentityHashMap<AccessRule, Gate> gates = new IdentityHashMap<>();
  private final Known known;
  private final Verifier verifier;
  private final AccessParts parts;

  /**
   * What stays while issuers and consumers do.
   *
   * @param check verifies what is not remembered
   */
  record Known(Consumers consumers, TokenCheck check, Outcomes outcomes) {}

  /**
   * @param rules that ask for callers
   */
  Gatekeeper(
      VertxInternal vertx,
      List<AccessRule> rules,
      Known known,
      Verifier verifier,
      AccessParts parts) {
    this.vertx = vertx;
    this.known = known;
    this.verifier = verifier;
    this.parts = parts;
    rules.forEach(rule -> gates.put(rule, Gate.of(rule)));
  }

  @Override
  public @Nullable Future<Void> authenticate(Exchange exchange, AccessRule rule) {
    Gate gate = Objects.requireNonNull(gates.get(rule), "a rule of this revision");
    long now = System.currentTimeMillis();
    Presented offered =
        gate.offered(exchange.request().headers(), exchange.arrival().certificate());
    if (offered.isNothing()) {
      act(exchange, gate, decide(exchange, gate, List.of()));
      return null;
    }
    if (offered.fault() != null) {
      throw refused(exchange, gate, offered.fault());
    }
    List<Identity> shown = new ArrayList<>(2);
    Refusal bad = atOnce(offered, shown, now);
    if (bad != null) {
      throw refused(exchange, gate, bad);
    }
    return bearer(exchange, gate, offered.bearer(), shown, now);
  }

  /** Keys and the certificate. Null: all of them show somebody. */
  private @Nullable Refusal atOnce(Presented offered, List<Identity> shown, long now) {
    for (String value : offered.keys()) {
      Refusal bad = key(known.consumers().key(Digest.of(value)), shown, now);
      if (bad != null) {
        return bad;
      }
    }
    if (offered.certificate() != null) {
      Identity owner = known.consumers().certificate(offered.certificate());
      if (owner == null) {
        return Refusal.UNKNOWN_CERTIFICATE;
      }
      shown.add(owner);
    }
    return null;
  }

  private static @Nullable Refusal key(
      Consumers.@Nullable Key key, List<Identity> shown, long now) {
    if (key == null) {
      return Refusal.UNKNOWN_KEY;
    }
    if (now >= key.expiresMillis()) {
      return Refusal.KEY_EXPIRED;
    }
    shown.add(key.identity());
    return null;
  }

  private @Nullable Future<Void> bearer(
      Exchange exchange, Gate gate, @Nullable String bearer, List<Identity> shown, long now) {
    if (bearer == null) {
      act(exchange, gate, decide(exchange, gate, shown));
      return null;
    }
    Digest digest = Digest.of(bearer);
    Consumers.Key key = gate.bearerKeys() ? known.consumers().key(digest) : null;
    if (key != null) {
      Refusal bad = key(key, shown, now);
      act(exchange, gate, bad == null ? decide(exchange, gate, shown) : Decision.of(bad));
      return null;
    }
    Outcome remembered = gate.issuers().isEmpty() ? null : known.outcomes().of(digest, gate, now);
    if (remembered != null) {
      act(exchange, gate, token(exchange, gate, remembered, shown));
      return null;
    }
    if (!Presented.isToken68(bearer)) {
      throw refused(exchange, gate, Refusal.MALFORMED);
    }
    if (gate.issuers().isEmpty()) {
      throw refused(exchange, gate, Refusal.UNKNOWN_KEY);
    }
    Promise<Outcome> here = vertx.getOrCreateContext().promise();
    verifier.verify(bearer, digest, known.check(), known.outcomes()).onComplete(here);
    return here.future()
        .map(
            outcome -> {
              act(exchange, gate, token(exchange, gate, outcome, shown));
              return null;
            });
  }

  private Decision token(Exchange exchange, Gate gate, Outcome outcome, List<Identity> shown) {
    return switch (outcome) {
      case Outcome.Refused(Refusal why, long _) -> Decision.of(why);
      case Outcome.Verified verified -> {
        Outcome.Pass pass = verified.by(gate);
        if (pass == null) {
          yield Decision.of(Refusal.ISSUER);
        }
        shown.addAll(pass.shown());
        yield decide(exchange, gate, shown);
      }
    };
  }

  private Decision decide(Exchange exchange, Gate gate, List<Identity> shown) {
    String route = Objects.requireNonNull(exchange.routeId(), "a rule was matched");
    return Admittance.decide(gate.rule().callers(), route, shown, parts.revoked());
  }

  /** Throws where the request does not go on. */
  private void act(Exchange exchange, Gate gate, Decision decision) {
    switch (decision) {
      case Decision.Admitted(Caller caller) -> {
        if (caller.subject() == null) {
          parts.counts().nobody();
        } else {
          parts.counts().admitted();
        }
        exchange.caller(caller);
      }
      case Decision.Unauthenticated(Refusal why) -> throw refused(exchange, gate, why);
      case Decision.Forbidden(Refusal why) -> throw refused(exchange, gate, why);
      case Decision.Unavailable(Refusal why) -> {
        if (why != Refusal.NO_KEYS || !goesOnAsNobody(gate.rule())) {
          throw refused(exchange, gate, why);
        }
        parts.counts().unverified();
        exchange.refused(why.label());
      }
    }
  }

  /** What only a consumer may call is out of nobody's reach. */
  private static boolean goesOnAsNobody(AccessRule rule) {
    return rule.onUnavailable() == OnUnavailable.ALLOW
        && (rule.callers() == Callers.ANYBODY || rule.callers() == Callers.VERIFIED);
  }

  private ProblemException refused(Exchange exchange, Gate gate, Refusal why) {
    parts.counts().refused(why);
    exchange.refused(why.label());
    if (why.problem().status() == 401) {
      String challenge = gate.challenge(why);
      exchange.reply().filter(reply -> reply.headers().set("www-authenticate", challenge));
    }
    int retryAfter =
        switch (why) {
          case NO_KEYS -> RETRY_KEYS;
          case BUSY -> RETRY_BUSY;
          default -> 0;
        };
    return new ProblemException(why.problem(), retryAfter, null);
  }
}
