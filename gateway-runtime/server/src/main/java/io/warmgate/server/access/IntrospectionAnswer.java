package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import io.warmgate.config.Introspection;
import io.warmgate.config.Issuer;
import io.warmgate.server.access.Outcome.Pass;
import io.warmgate.server.access.Outcome.Refused;
import io.warmgate.server.access.Outcome.Verified;
import java.text.ParseException;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an issuer's answer says of a token (RFC 7662 §2.2). Pure. */
final class IntrospectionAnswer {
  /** How long no is remembered at most, in milliseconds: a token may be good a moment later. */
  private static final long REFUSED = 10_000;

  private final Issuer issuer;
  private final Introspection asked;
  private final Consumers consumers;

  IntrospectionAnswer(Issuer issuer, Consumers consumers) {
    this.issuer = issuer;
    this.asked = Objects.requireNonNull(issuer.introspection(), "an issuer that is asked");
    this.consumers = consumers;
  }

  /**
   * @param json the content of a 200
   * @param digest of the token
   * @param iss what the token itself says of its issuer, unverified; null: nothing
   * @param askedMillis when it was asked
   * @throws ParseException where it is no answer
   */
  Outcome read(byte[] json, Digest digest, @Nullable String iss, long askedMillis)
      throws ParseException {
    // The library reads null as no object at all.
    Map<String, Object> read = JSONObjectUtils.parse(new String(json, UTF_8));
    Map<String, Object> members = read == null ? new HashMap<>() : read;
    // RFC 7662 §2.2: active is REQUIRED, and a boolean.
    if (!(members.remove("active") instanceof Boolean active)) {
      throw new ParseException("says not whether the token is active", 0);
    }
    if (!active) {
      // RFC 7662 §2.2: nothing else that is said of it counts.
      return refused(Refusal.INACTIVE, iss, askedMillis);
    }
    JWTClaimsSet claims = JWTClaimsSet.parse(members);
    Refusal why = refuses(claims, askedMillis);
    if (why != null) {
      return refused(why, iss, askedMillis);
    }
    return new Verified(List.of(pass(claims, digest, askedMillis)), askedMillis, iss);
  }

  private @Nullable Refusal refuses(JWTClaimsSet claims, long nowMillis) {
    if (issuer.issuer() != null
        && claims.getIssuer() != null
        && !issuer.issuer().equals(claims.getIssuer())) {
      return Refusal.ISSUER;
    }
    // RFC 7662 §4: a resource server holds the token to its own audience.
    if (!issuer.audiences().isEmpty()
        && issuer.audiences().stream().noneMatch(claims.getAudience()::contains)) {
      return Refusal.AUDIENCE;
    }
    Date expires = claims.getExpirationTime();
    if (expires != null && nowMillis >= TokenCheck.end(expires, issuer)) {
      return Refusal.TOKEN_EXPIRED;
    }
    return TokenCheck.isToCome(claims.getNotBeforeTime(), issuer, nowMillis)
        ? Refusal.NOT_YET
        : null;
  }

  private Outcome refused(Refusal why, @Nullable String iss, long nowMillis) {
    return new Refused(why, nowMillis + Math.min(REFUSED, asked.maxCachedMillis()), iss);
  }

  private Pass pass(JWTClaimsSet claims, Digest digest, long nowMillis) {
    long end = nowMillis + asked.maxCachedMillis();
    if (claims.getExpirationTime() != null) {
      end = Math.min(end, TokenCheck.end(claims.getExpirationTime(), issuer));
    }
    // What the answer says of its issuer was held to nothing where none is written.
    String authority = issuer.issuer() == null ? " " + issuer.name() : issuer.issuer();
    return new Pass(
        issuer.name(),
        consumers.token(
            issuer.name(),
            TokenCheck.subject(issuer, claims, digest),
            authority,
            TokenCheck.texts(claims)),
        end,
        null,
        null);
  }
}
