package io.warmgate.server.access;

import io.vertx.core.MultiMap;
import io.warmgate.config.AccessRule;
import io.warmgate.config.Issuer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of callers, in the form in which requests are looked at.
 *
 * @param keyFields that carry a key, without {@code authorization}
 * @param bearerKeys whether a bearer token may be an API key
 * @param issuers whose tokens are taken
 * @param signed what {@code iss} tokens have that are verified by keys
 * @param asked issuers that have to be asked what a token is, in the rule's order
 */
record Gate(
    AccessRule rule,
    List<String> keyFields,
    boolean bearerKeys,
    Set<String> issuers,
    Set<String> signed,
    List<String> asked) {
  private static final String AUTHORIZATION = "authorization";

  /**
   * @param all that the gateway has, the rule's among them
   */
  static Gate of(AccessRule rule, List<Issuer> all) {
    Set<String> signed = new HashSet<>();
    Set<String> asked = new HashSet<>();
    for (Issuer issuer : all) {
      if (issuer.introspection() != null) {
        asked.add(issuer.name());
      } else if (issuer.issuer() != null && rule.issuers().contains(issuer.name())) {
        signed.add(issuer.issuer());
      }
    }
    return new Gate(
        rule,
        rule.keyHeaders().stream().filter(name -> !name.equals(AUTHORIZATION)).toList(),
        rule.keyHeaders().contains(AUTHORIZATION),
        Set.copyOf(rule.issuers()),
        Set.copyOf(signed),
        rule.issuers().stream().filter(asked::contains).distinct().toList());
  }

  /** Whether such a token is verified by keys, and by nothing else. */
  boolean isSigned(@Nullable String iss) {
    return iss != null && signed.contains(iss);
  }

  boolean takesBearer() {
    return bearerKeys || !issuers.isEmpty();
  }

  /**
   * @param certificate SHA-256 of the connection's, hexadecimal; null: it has none
   */
  Presented offered(MultiMap headers, @Nullable String certificate) {
    return Presented.of(
        headers, keyFields, takesBearer(), rule.certificates() ? certificate : null);
  }

  /**
   * RFC 9110 §11.6.1: a 401 says what is taken. RFC 6750 §3.1: without a credential it says no
   * error. Fields that carry a key, and certificates, have no scheme that is registered.
   */
  String challenge(Refusal why) {
    List<String> challenges = new ArrayList<>();
    if (takesBearer()) {
      challenges.add(why == Refusal.NO_CREDENTIAL ? "Bearer" : "Bearer error=\"invalid_token\"");
    }
    keyFields.forEach(field -> challenges.add("ApiKey header=\"" + field + "\""));
    if (challenges.isEmpty()) {
      challenges.add("ClientCertificate");
    }
    return String.join(", ", challenges);
  }
}
