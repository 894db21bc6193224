package io.warmgate.operator.translate;

import io.warmgate.config.AccessRule;
import io.warmgate.config.ExternalCall;
import io.warmgate.crd.v1alpha1.ApiKeyAuth;
import io.warmgate.crd.v1alpha1.ClaimHeader;
import io.warmgate.crd.v1alpha1.ExternalAuth;
import io.warmgate.crd.v1alpha1.JwtAuth;
import io.warmgate.crd.v1alpha1.RouteAuth;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a rule. Whatever of it cannot be used makes the rule unusable: a rule is never
 * compiled without the {@code auth} that is written.
 */
final class AccessCompiler {
  private static final Durations.Bounds CACHE = Durations.Bounds.of("0s", "1d");
  private static final Durations.Bounds TIMEOUT = Durations.Bounds.of("100ms", "10s");

  /** Of the connection or the message (RFC 9110 §7.6.1, §8.6): no value of a caller's. */
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private AccessCompiler() {}

  /**
   * @throws Unusable naming the first field that is invalid
   */
  static AccessRule compile(
      String path, RouteAuth auth, Issuers issuers, Certificates certificates) {
    List<String> keyHeaders = keyHeaders(path + ".apiKey.headers", auth.apiKey());
    Map<String, String> claimHeaders =
        claimHeaders(path + ".jwt.claimsToHeaders", auth.jwt(), keyHeaders);
    Set<String> others = new HashSet<>(keyHeaders);
    others.addAll(claimHeaders.keySet());
    return new AccessRule(
        keyHeaders,
        issuers(path + ".jwt.issuers", auth.jwt(), issuers),
        auth.clientCertificate() != null,
        switch (auth.callers()) {
          case GRANTED -> AccessRule.Callers.GRANTED;
          case CONSUMERS -> AccessRule.Callers.CONSUMERS;
          case VERIFIED -> AccessRule.Callers.VERIFIED;
          case ANYBODY -> AccessRule.Callers.ANYBODY;
        },
        claimHeaders,
        switch (auth.onUnavailable()) {
          case DENY -> AccessRule.OnUnavailable.DENY;
          case ALLOW -> AccessRule.OnUnavailable.ALLOW;
        },
        auth.forwardCredentials(),
        Durations.millis(path + ".cacheFor", auth.cacheFor(), CACHE),
        auth.external() == null
            ? null
            : external(path + ".external", auth.external(), others, certificates));
  }

  /**
   * @param others fields that have something else in them
   */
  private static ExternalCall external(
      String path, ExternalAuth spec, Set<String> others, Certificates certificates) {
    List<String> taken = canonical(spec.takeHeaders());
    for (String header : taken) {
      if (FRAMING.contains(header) || header.equals("authorization")) {
        throw Unusable.invalid(
            path + ".takeHeaders", "'%s' cannot be taken from an answer".formatted(header));
      }
      if (others.contains(header)) {
        throw Unusable.invalid(
            path + ".takeHeaders", "'%s' has an API key or a claim in it".formatted(header));
      }
    }
    return new ExternalCall(
        spec.url(),
        canonical(spec.sendHeaders()),
        Durations.millis(path + ".timeout", spec.timeout(), TIMEOUT),
        Durations.millis(path + ".cacheFor", spec.cacheFor(), CACHE),
        taken,
        certificates.authorities(path + ".caRef", spec.caRef()));
  }

  private static List<String> keyHeaders(String path, @Nullable ApiKeyAuth keys) {
    if (keys == null) {
      return List.of();
    }
    List<String> headers = canonical(keys.headers());
    for (String header : headers) {
      if (FRAMING.contains(header) || header.equals("cookie")) {
        throw Unusable.invalid(path, "'%s' cannot carry a key".formatted(header));
      }
    }
    return headers;
  }

  private static List<String> issuers(String path, @Nullable JwtAuth jwt, Issuers issuers) {
    if (jwt == null) {
      return List.of();
    }
    for (String name : jwt.issuers()) {
      if (!issuers.names().contains(name)) {
        throw Unusable.invalid(path, issuers.missing(name));
      }
    }
    return jwt.issuers().stream().distinct().toList();
  }

  private static Map<String, String> claimHeaders(
      String path, @Nullable JwtAuth jwt, List<String> keyHeaders) {
    Map<String, String> headers = new TreeMap<>();
    for (ClaimHeader claim : jwt == null ? List.<ClaimHeader>of() : jwt.claimsToHeaders()) {
      String header = canonical(claim.header());
      if (FRAMING.contains(header) || header.equals("authorization")) {
        throw Unusable.invalid(path, "'%s' cannot have the value of a claim".formatted(header));
      }
      if (keyHeaders.contains(header)) {
        throw Unusable.invalid(path, "'%s' is where API keys are".formatted(header));
      }
      headers.put(header, claim.claim());
    }
    return headers;
  }

  private static List<String> canonical(List<String> headers) {
    return headers.stream().map(AccessCompiler::canonical).distinct().toList();
  }

  private static String canonical(String header) {
    return header.toLowerCase(Locale.ROOT);
  }
}
