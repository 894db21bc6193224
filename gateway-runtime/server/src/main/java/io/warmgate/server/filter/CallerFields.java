package io.warmgate.server.filter;

import io.vertx.core.MultiMap;
import io.warmgate.config.AccessRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is told of who asks: not the credential, unless the rule has it forwarded, and in
 * the fields that carry claims what was verified, never what a client sent.
 */
public final class CallerFields {
  private static final String AUTHORIZATION = "authorization";

  private CallerFields() {}

  /** Whether the rule looks for a credential in the field, and keeps it from the backend. */
  public static boolean isStripped(AccessRule rule, String lowerName) {
    return !rule.forwardCredentials()
        && (rule.keyHeaders().contains(lowerName)
            || (lowerName.equals(AUTHORIZATION) && !rule.issuers().isEmpty()));
  }

  /** Takes credentials off, and what the client says that its claims are. */
  public static void strip(AccessRule rule, MultiMap headers) {
    if (!rule.forwardCredentials()) {
      rule.keyHeaders().forEach(headers::remove);
      if (!rule.issuers().isEmpty()) {
        headers.remove(AUTHORIZATION);
      }
    }
    Set<String> told = told(rule);
    if (!told.isEmpty()) {
      for (String name : List.copyOf(headers.names())) {
        if (told.stream().anyMatch(field -> isSame(field, name))) {
          headers.remove(name);
        }
      }
    }
  }

  /** The fields that a backend is told of a caller in. */
  private static Set<String> told(AccessRule rule) {
    if (rule.external() == null || rule.external().takeHeaders().isEmpty()) {
      return rule.claimHeaders().keySet();
    }
    Set<String> told = new HashSet<>(rule.claimHeaders().keySet());
    told.addAll(rule.external().takeHeaders());
    return told;
  }

  /** To CGI and its heirs {@code -} and {@code _} are one, and neither has a case. */
  private static boolean isSame(String field, String sent) {
    return field.replace('_', '-').equalsIgnoreCase(sent.replace('_', '-'));
  }

  /**
   * Sets the claims that the caller has, and what a service said of it. What is no field's value
   * (RFC 9110 §5.5) is not told: it would not be the same there.
   *
   * @param said by the rule's service, by lower-case field
   */
  public static void tell(
      AccessRule rule, Map<String, String> claims, Map<String, String> said, MultiMap headers) {
    rule.claimHeaders().forEach((field, claim) -> set(headers, field, claims.get(claim)));
    if (rule.external() != null) {
      rule.external().takeHeaders().forEach(field -> set(headers, field, said.get(field)));
    }
  }

  private static void set(MultiMap headers, String field, @Nullable String value) {
    if (value == null || !isPrintable(value)) {
      headers.remove(field);
    } else {
      headers.set(field, value);
    }
  }

  private static boolean isPrintable(String value) {
    return !value.isEmpty()
        && value.equals(value.strip())
        && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }
}
