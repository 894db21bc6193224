package io.warmgate.server.access;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.warmgate.config.Issuer;
import io.warmgate.server.access.Outcome.Pass;
import io.warmgate.server.access.Outcome.Refused;
import io.warmgate.server.access.Outcome.Verified;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a token (RFC 7519 §7.2, RFC 8725): signed, by an algorithm that its issuer uses, for us,
 * in its time. What costs little is looked at first; a signature last. Takes a core's time: never
 * on an event loop.
 */
final class TokenCheck {
  /** What will not be right later is not looked at again for so long, in milliseconds. */
  private static final long REFUSED = 60_000;

  /** What other keys would make right. */
  private static final long REFUSED_BY_KEYS = 10_000;

  private final List<Trusted> issuers;
  private final Consumers consumers;

  /** An issuer, and where its keys are had from. */
  record Trusted(Issuer issuer, IssuerKeys keys) {}

  /** What came of looking at a token. */
  sealed interface Result {
    record Done(Outcome outcome) implements Result {}

    /** Keys have to be asked for. */
    record Ask(IssuerKeys keys) implements Result {}
  }

  TokenCheck(List<Trusted> issuers, Consumers consumers) {
    this.issuers = List.copyOf(issuers);
    this.consumers = consumers;
  }

  /**
   * @param digest of the token
   * @param asked whether keys were asked for already
   */
  Result check(String token, Digest digest, long nowMillis, boolean asked) {
    SignedJWT jwt;
    JWTClaimsSet claims;
    try {
      jwt = SignedJWT.parse(token);
      claims = jwt.getJWTClaimsSet();
    } catch (ParseException | IllegalArgumentException _) {
      return refused(isUnsigned(token) ? Refusal.ALGORITHM : Refusal.NO_TOKEN, nowMillis, null);
    }
    if (claims == null) {
      return refused(Refusal.NO_TOKEN, nowMillis, null);
    }
    Refusal last = Refusal.ISSUER;
    List<Pass> passes = new ArrayList<>(1);
    for (Trusted trusted : issuers) {
      if (claims.getIssuer() != null && claims.getIssuer().equals(trusted.issuer.issuer())) {
        Refusal claimed = claimed(trusted.issuer, jwt, claims, nowMillis);
        KeySet keys = trusted.keys.at(nowMillis);
        Refusal why = claimed;
        if (claimed == null) {
          why =
              keys == null
                  ? Refusal.NO_KEYS
                  : keys.refuses(jwt.getHeader(), jwt.getSigningInput(), jwt.getSignature());
        }
        if (why == null && keys != null) {
          passes.add(pass(trusted, claims, digest, keys));
        } else if (why != null) {
          boolean others = why == Refusal.NO_KEYS || why == Refusal.UNKNOWN_SIGNER;
          if (others && !asked && trusted.keys.mayAsk(nowMillis)) {
            return new Result.Ask(trusted.keys);
          }
          last = why;
        }
      }
    }
    return passes.isEmpty()
        ? refused(last, nowMillis, claims.getIssuer())
        : new Result.Done(new Verified(List.copyOf(passes), nowMillis, claims.getIssuer()));
  }

  /**
   * What a token says of its issuer, which nobody has verified.
   *
   * @return null: nothing, or it is no JWT
   */
  static @Nullable String unverifiedIssuer(String token) {
    try {
      JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
      return claims == null ? null : claims.getIssuer();
    } catch (ParseException | IllegalArgumentException _) {
      return null;
    }
  }

  /** RFC 7519 §6: {@code alg} is {@code none}; the library refuses to parse it. */
  private static boolean isUnsigned(String token) {
    return token.endsWith(".");
  }

  /** What the token says of itself. Null: it may be one for us. */
  private static @Nullable Refusal claimed(
      Issuer issuer, SignedJWT jwt, JWTClaimsSet claims, long nowMillis) {
    // RFC 8725 §3.1: the algorithms are the verifier's to name, never the token's.
    if (!issuer.algorithms().contains(jwt.getHeader().getAlgorithm().getName())) {
      return Refusal.ALGORITHM;
    }
    if (issuer.audiences().stream().noneMatch(claims.getAudience()::contains)) {
      return Refusal.AUDIENCE;
    }
    Date expires = claims.getExpirationTime();
    if (expires == null || nowMillis >= end(expires, issuer)) {
      return Refusal.TOKEN_EXPIRED;
    }
    return isToCome(claims.getNotBeforeTime(), issuer, nowMillis) ? Refusal.NOT_YET : null;
  }

  /** Whether the issuer's clock has not come to that time; null: there is none. */
  static boolean isToCome(@Nullable Date from, Issuer issuer, long nowMillis) {
    return from != null && nowMillis + issuer.clockSkewMillis() < from.toInstant().toEpochMilli();
  }

  /** When the issuer's clock has come to that time for certain. */
  static long end(Date expires, Issuer issuer) {
    long end = expires.toInstant().toEpochMilli() + issuer.clockSkewMillis();
    return end < expires.toInstant().toEpochMilli() ? Long.MAX_VALUE : end;
  }

  private Pass pass(Trusted trusted, JWTClaimsSet claims, Digest digest, KeySet keys) {
    Issuer issuer = trusted.issuer;
    return new Pass(
        issuer.name(),
        consumers.token(
            issuer.name(), subject(issuer, claims, digest), claims.getIssuer(), texts(claims)),
        end(claims.getExpirationTime(), trusted.issuer),
        keys,
        trusted.keys);
  }

  /** Names of the configuration have no space in them: no two holders have one subject. */
  static String subject(Issuer issuer, JWTClaimsSet claims, Digest digest) {
    String holder = claims.getSubject() == null ? digest.toString() : claims.getSubject();
    return issuer.name() + " " + holder;
  }

  /** Claims that are text, a number or a truth value; times in seconds, as they were sent. */
  static Map<String, String> texts(JWTClaimsSet claims) {
    Map<String, String> texts = new HashMap<>();
    claims
        .getClaims()
        .forEach(
            (name, value) -> {
              switch (value) {
                case String text -> texts.put(name, text);
                case Number number -> texts.put(name, number.toString());
                case Boolean truth -> texts.put(name, truth.toString());
                case Date time -> texts.put(name, Long.toString(time.toInstant().getEpochSecond()));
                case null, default -> {}
              }
            });
    return texts;
  }

  private static Result refused(Refusal why, long nowMillis, @Nullable String iss) {
    long again =
        switch (why) {
          // Not for long: it will be right, or would be with other keys.
          case NOT_YET -> 1_000;
          case NO_KEYS -> 0;
          case UNKNOWN_SIGNER, SIGNATURE -> REFUSED_BY_KEYS;
          default -> REFUSED;
        };
    return new Result.Done(new Refused(why, nowMillis + again, iss));
  }
}
