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
 */
public record Caller(
    @Nullable Consumer consumer, @Nullable String subject, Map<String, String> claims) {
  /** Nobody was verified. */
  public static final Caller NOBODY = new Caller(null, null, Map.of());

  public Caller {
    claims = Map.copyOf(claims);
  }
}
