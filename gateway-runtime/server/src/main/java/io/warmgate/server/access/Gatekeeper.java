package io.warmgate.server.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import io.warmgate.config.AccessRule;
import io.warmgate.config.AccessRule.Callers;
import io.warmgate.config.AccessRule.OnUnavailable;
import io.warmgate.config.ExternalCall;
import io.warmgate.config.Issuer;
import io.warmgate.server.exchange.Authenticator;
import io.warmgate.server.exchange.Caller;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.ProblemException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One revision's answer to who may go on. An API key, a certificate and a token that is remembered
 * are decided at once; any other token is verified elsewhere meanwhile.
 */
final class Gatekeeper implements Authenticator {
  private static final int RETRY_BUSY = 1;
  private static final int RETRY_UNAVAILABLE = 5;
  private static final Decision NOBODY = new Decision.Admitted(Caller.NOBODY);

  private final VertxInternal vertx;
  private final IdentityHashMap<AccessRule, Gate> gates = new IdentityHashMap<>();
  private final Known known;
  private final Map<ExternalCall, ExternalService> services;
  private final AccessParts parts;

  /** What stays while issuers and consumers do. */
  record Known(List<Issuer> issuers, Consumers consumers, Tokens tokens) {}

  /**
   * @param rules that ask for callers
   * @param services that rules ask
   */
  Gatekeeper(
      VertxInternal vertx,
      List<AccessRule> rules,
      Known known,
      Map<ExternalCall, ExternalService> services,
      AccessParts parts) {
    this.vertx = vertx;
    this.known = known;
    this.services = Map.copyOf(services);
    this.parts = parts;
    rules.forEach(rule -> gates.put(rule, Gate.of(rule, known.issuers())));
  }

  @Override
  public @Nullable Future<Void> authenticate(Exchange exchange, AccessRule rule) {
    Gate gate = Objects.requireNonNull(gates.get(rule), "a rule of this revision");
    long now = System.currentTimeMillis();
    Presented offered =
        gate.offered(exchange.request().headers(), exchange.arrival().certificate());
    if (offered.isNothing()) {
      return act(exchange, gate, () -> decide(exchange, gate, List.of()));
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
      return act(exchange, gate, () -> decide(exchange, gate, shown));
    }
    Digest digest = Digest.of(bearer);
    Consumers.Key key = gate.bearerKeys() ? known.consumers().key(digest) : null;
    if (key != null) {
      Refusal bad = key(key, shown, now);
      return act(
          exchange, gate, () -> bad == null ? decide(exchange, gate, shown) : Decision.of(bad));
    }
    Outcome remembered = known.tokens().remembered(digest, gate, now);
    if (remembered != null) {
      return act(exchange, gate, () -> token(exchange, gate, remembered, shown));
    }
    if (!Presented.isToken68(bearer)) {
      throw refused(exchange, gate, Refusal.MALFORMED);
    }
    if (gate.issuers().isEmpty()) {
      throw refused(exchange, gate, Refusal.UNKNOWN_KEY);
    }
    Promise<Outcome> here = vertx.getOrCreateContext().promise();
    known.tokens().find(bearer, digest, gate).onComplete(here);
    return here.future()
        .compose(
            outcome -> {
              Future<Void> later = act(exchange, gate, () -> token(exchange, gate, outcome, shown));
              return later == null ? Future.succeededFuture() : later;
            });
  }

  private Decision token(Exchange exchange, Gate gate, Outcome outcome, List<Identity> shown) {
    return switch (outcome) {
      case Outcome.Refused no -> Decision.of(no.why());
      case Outcome.Verified verified -> {
        Outcome.Pass pass = verified.by(gate);
        if (pass == null) {
          yield Decision.of(Refusal.ISSUER);
        }
        List<Identity> all = new ArrayList<>(shown);
        all.addAll(pass.shown());
        yield decide(exchange, gate, all);
      }
    };
  }

  private Decision decide(Exchange exchange, Gate gate, List<Identity> shown) {
    String route = Objects.requireNonNull(exchange.routeId(), "a rule was matched");
    return Admittance.decide(gate.rule().callers(), route, shown, parts.revoked());
  }

  /**
   * Throws where the request does not go on.
   *
   * @param decision made anew after somebody else was asked, who takes time: what is revoked
   *     meanwhile counts
   * @return null: it goes on
   */
  private @Nullable Future<Void> act(Exchange exchange, Gate gate, Supplier<Decision> decision) {
    return switch (decision.get()) {
      case Decision.Admitted(Caller caller) -> onward(exchange, gate, caller, decision);
      case Decision.Unauthenticated(Refusal why) -> throw refused(exchange, gate, why);
      case Decision.Forbidden(Refusal why) -> throw refused(exchange, gate, why);
      case Decision.Unavailable(Refusal why) -> {
        if (why == Refusal.BUSY || !goesOnAsNobody(gate.rule())) {
          throw refused(exchange, gate, why);
        }
        exchange.refused(why.label());
        yield onward(exchange, gate, Caller.NOBODY, () -> NOBODY);
      }
    };
  }

  /** Of the caller who may call, unless the rule's service says no. */
  private @Nullable Future<Void> onward(
      Exchange exchange, Gate gate, Caller caller, Supplier<Decision> decision) {
    ExternalCall external = gate.rule().external();
    if (external == null) {
      goesOn(exchange, caller);
      return null;
    }
    ExternalService service = Objects.requireNonNull(services.get(external), "a rule's service");
    ExternalQuestion question = question(exchange, external, caller);
    Verdict remembered = service.remembered(question);
    if (remembered != null) {
      obey(exchange, gate, caller, remembered);
      return null;
    }
    Promise<Verdict> here = vertx.getOrCreateContext().promise();
    service.ask(question).onComplete(here);
    return here.future()
        .transform(
            said -> {
              Decision now = decision.get();
              if (!(now instanceof Decision.Admitted)) {
                Future<Void> later = act(exchange, gate, () -> now);
                return later == null ? Future.succeededFuture() : later;
              }
              if (said.succeeded()) {
                obey(exchange, gate, caller, said.result());
              } else {
                unsaid(exchange, gate, caller, said.cause());
              }
              return Future.succeededFuture();
            });
  }

  private static ExternalQuestion question(
      Exchange exchange, ExternalCall external, Caller caller) {
    return ExternalQuestion.of(
        external,
        new ExternalQuestion.Subject(
            exchange.request().method().name(),
            exchange.target().host(),
            exchange.target().path(),
            Objects.requireNonNull(exchange.routeId(), "a rule was matched")),
        caller,
        exchange.request().headers());
  }

  private void obey(Exchange exchange, Gate gate, Caller caller, Verdict verdict) {
    switch (verdict) {
      case Verdict.Allowed yes -> goesOn(exchange, caller.with(yes.told()));
      case Verdict.Denied _ -> throw refused(exchange, gate, Refusal.EXTERNAL);
    }
  }

  /** Who calls is known as ever; what is missing is a word on it, which the rule may do without. */
  private void unsaid(Exchange exchange, Gate gate, Caller caller, Throwable cause) {
    if (cause instanceof Turns.FullException) {
      throw refused(exchange, gate, Refusal.BUSY);
    }
    if (gate.rule().onUnavailable() == OnUnavailable.DENY) {
      throw refused(exchange, gate, Refusal.NO_DECISION);
    }
    parts.counts().undecided();
    exchange.refused(Refusal.NO_DECISION.label());
    exchange.caller(caller);
  }

  private void goesOn(Exchange exchange, Caller caller) {
    if (exchange.refused() != null) {
      parts.counts().unverified();
    } else if (caller.subject() == null) {
      parts.counts().nobody();
    } else {
      parts.counts().admitted();
    }
    exchange.caller(caller);
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
          case NO_KEYS, NO_ANSWER, NO_DECISION -> RETRY_UNAVAILABLE;
          case BUSY -> RETRY_BUSY;
          default -> 0;
        };
    return new ProblemException(why.problem(), retryAfter, null);
  }
}
