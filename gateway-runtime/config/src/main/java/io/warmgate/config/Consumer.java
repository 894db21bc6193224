package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's application: how it is known, and what it may call.
 *
 * @param id {@code namespace/name} of its ApiConsumer
 * @param keys any of them is it
 * @param tokens a verified token that fits any of them is it
 * @param certificates lower-case hexadecimal SHA-256 of client certificates (DER); any is it
 * @param grants by route; a route that is not here was not asked for
 * @param limits what it may ask for, of all routes together
 */
public record Consumer(
    String id,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Key> keys,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Token> tokens,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> certificates,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Grant> grants,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Limit> limits) {

  /**
   * @param sha256 of the key's UTF-8, lower-case hexadecimal: keys are long and random
   * @param expiresMillis since the epoch, from when it is none; null: never
   */
  public record Key(
      String sha256, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long expiresMillis) {
    public Key {
      digest("sha256", sha256);
    }
  }

  /**
   * @param issuer name of an {@link Issuer}
   * @param claims a token has all of these, with these values; never empty
   */
  public record Token(String issuer, Map<String, String> claims) {
    public Token {
      Check.text("issuer", issuer);
      claims = Map.copyOf(Check.present("claims", claims));
      Check.that(!claims.isEmpty(), "claims", "is empty");
    }
  }

  /**
   * @param route {@code namespace/name}
   */
  public record Grant(String route, State state) {

    /** Whether it may call the route; who may not is told why. */
    public enum State {
      GRANTED,
      PENDING,
      REJECTED,
      REVOKED
    }

    public Grant {
      Check.text("route", route);
      Check.present("state", state);
    }
  }

  public Consumer {
    Check.text("id", id);
    keys = keys == null ? List.of() : Check.list("keys", keys);
    tokens = tokens == null ? List.of() : Check.list("tokens", tokens);
    certificates = certificates == null ? List.of() : Check.list("certificates", certificates);
    certificates.forEach(any -> digest("certificates", any));
    grants = grants == null ? List.of() : Check.list("grants", grants);
    Check.unique("grants", "route", grants, Grant::route);
    limits = limits == null ? List.of() : Check.list("limits", limits);
    Check.unique("limits", "name", limits, Limit::name);
  }

  private static void digest(String path, String value) {
    Check.that(
        Check.present(path, value).matches("[0-9a-f]{64}"), path, "is not 64 hexadecimal digits");
  }
}
