package io.warmgate.server.exchange;

import io.warmgate.config.Consumer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as it was verified.
 *
 * @param consumer null: none that the gateway knows
 * @param subject tells a verified caller from every other, such as issuer and {@code sub} of a
 *     token, or the consumer's id; null: nobody was verified
 * @param claims of the token whose values are text, a number or a truth value; empty without a
 *     token
 * @param authority whose word the claims are: what tells one issuer's from another's; empty without
 *     a token
 * @param told what a service of the user's has the backend told, by lower-case field
 */
public record Caller(
    @Nullable Consumer consumer,
    @Nullable String subject,
    Map<String, String> claims,
    String authority,
    Map<String, String> told) {
  /** Nobody was verified. */
  public static final Caller NOBODY = new Caller(null, null, Map.of());

  public Caller {
    claims = Map.copyOf(claims);
    told = Map.copyOf(told);
  }

  /** By the claims of a JWT, which {@code iss} is among (RFC 7519 §4.1.1), or by none. */
  public Caller(@Nullable Consumer consumer, @Nullable String subject, Map<String, String> claims) {
    this(consumer, subject, claims, claims.getOrDefault("iss", ""), Map.of());
  }

  /** The same, of whom the backend is told that. */
  public Caller with(Map<String, String> fields) {
    return fields.isEmpty() ? this : new Caller(consumer, subject, claims, authority, fields);
  }
}
