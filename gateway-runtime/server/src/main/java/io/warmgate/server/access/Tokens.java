package io.warmgate.server.access;

import io.vertx.core.Future;
import io.warmgate.server.access.Outcome.Refused;
import io.warmgate.server.access.Outcome.Verified;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a bearer token is, by those of the gateway's issuers that a rule names: by their
 * keys where it is a JWT of such an issuer, as it says itself; else by asking those that have to be
 * asked, one after the other, until one knows it. No issuer sees a token that is another's by that.
 */
final class Tokens {
  private final TokenCheck check;
  private final Verifier verifier;
  private final Map<String, Introspector> asked;
  private final Outcomes outcomes;
  private final InstantSource clock;

  /**
   * @param asked issuers that have to be asked, by name
   * @param outcomes what is remembered: of signatures under a token's digest, of what an issuer
   *     said under that of the token as it was shown to it
   */
  Tokens(
      TokenCheck check,
      Verifier verifier,
      Map<String, Introspector> asked,
      Outcomes outcomes,
      InstantSource clock) {
    this.check = check;
    this.verifier = verifier;
    this.asked = Map.copyOf(asked);
    this.outcomes = outcomes;
    this.clock = clock;
  }

  /**
   * Without asking anybody.
   *
   * @return null: it is to be found out
   */
  @Nullable Outcome remembered(Digest digest, Gate gate, long nowMillis) {
    if (!gate.signed().isEmpty()) {
      Outcome signed = outcomes.of(digest, gate, nowMillis);
      if (signed != null && (gate.asked().isEmpty() || gate.isSigned(signed.iss()))) {
        return signed;
      }
    }
    Refused last = null;
    for (String issuer : gate.asked()) {
      Outcome said = outcomes.of(digest.shownTo(issuer), gate, nowMillis);
      if (said == null || gate.isSigned(said.iss())) {
        return null;
      }
      if (said instanceof Refused no) {
        last = no;
      } else {
        return said;
      }
    }
    return last;
  }

  /** Never fails; completes on any thread. */
  Future<Outcome> find(String token, Digest digest, Gate gate) {
    if (gate.asked().isEmpty()) {
      return verifier.verify(token, digest, check, outcomes);
    }
    if (gate.signed().isEmpty() || !isJwt(token)) {
      return ask(token, digest, gate, gate.asked(), null);
    }
    return verifier
        .verify(token, digest, check, outcomes)
        .compose(
            signed ->
                // Whose it is nobody looked at: it is shown to nobody.
                gate.isSigned(signed.iss()) || isBusy(signed)
                    ? Future.succeededFuture(signed)
                    : ask(token, digest, gate, gate.asked(), null));
  }

  /** RFC 7519 §7.2: it may be one in the compact form. */
  private static boolean isJwt(String token) {
    return token.chars().filter(c -> c == '.').count() == 2;
  }

  private static boolean isBusy(Outcome outcome) {
    return outcome instanceof Refused no && no.why() == Refusal.BUSY;
  }

  private Future<Outcome> ask(
      String token, Digest digest, Gate gate, List<String> issuers, @Nullable Refused before) {
    String issuer = issuers.getFirst();
    Digest shown = digest.shownTo(issuer);
    Introspector introspector =
        Objects.requireNonNull(asked.get(issuer), "an issuer of this access");
    return outcomes
        .once(
            shown,
            () -> {
              // It may have been found out since it was looked for.
              Outcome known = outcomes.of(shown, gate, clock.millis());
              return known == null
                  ? introspector.ask(token, digest)
                  : Future.succeededFuture(known);
            })
        .compose(
            outcome ->
                switch (outcome) {
                  case Verified yes -> Future.succeededFuture(yes);
                  case Refused no -> {
                    Refused worst = before == null || !isOpen(before) ? no : before;
                    yield issuers.size() == 1
                        ? Future.succeededFuture(worst)
                        : ask(token, digest, gate, issuers.subList(1, issuers.size()), worst);
                  }
                });
  }

  /** Whether it may be a good token for all that is known. */
  private static boolean isOpen(Refused no) {
    return no.why().problem().status() == 503;
  }
}
