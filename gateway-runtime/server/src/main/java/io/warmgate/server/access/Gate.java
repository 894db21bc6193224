package io.warmgate.server.access;

import io.vertx.core.MultiMap;
import io.warmgate.config.AccessRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of callers, in the form in which requests are looked at.
 *
 * @param keyFields that carry a key, without {@code authorization}
 * @param bearerKeys whether a bearer token may be an API key
 * @param issuers whose tokens are taken
 */
record Gate(AccessRule rule, List<String> keyFields, boolean bearerKeys, Set<String> issuers) {
  private static final String AUTHORIZATION = "authorization";

  static Gate of(AccessRule rule) {
    return new Gate(
        rule,
        rule.keyHeaders().stream().filter(name -> !name.equals(AUTHORIZATION)).toList(),
        rule.keyHeaders().contains(AUTHORIZATION),
        Set.copyOf(rule.issuers()));
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
