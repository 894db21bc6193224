package io.warmgate.operator.translate;

import io.warmgate.config.Introspection;
import io.warmgate.config.Issuer;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.Jwks;
import io.warmgate.crd.v1alpha1.SecretKeyRef;
import io.warmgate.crd.v1alpha1.TokenAlgorithm;
import io.warmgate.crd.v1alpha1.TokenIntrospection;
import io.warmgate.crd.v1alpha1.TokenIssuer;
import io.warmgate.operator.snapshot.SecretLookup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * One issuer of tokens.
 *
 * @param certificates of the authorities by which issuers are trusted
 */
record IssuerCompiler(Values values, Certificates certificates) {
  private static final Durations.Bounds REFRESH = Durations.Bounds.of("1s", "1d");
  private static final Durations.Bounds STALE = Durations.Bounds.of("1s", "7d");
  private static final Durations.Bounds TIMEOUT = Durations.Bounds.of("100ms", "10s");
  private static final Durations.Bounds CACHE = Durations.Bounds.of("0s", "1d");
  private static final Durations.Bounds SKEW = Durations.Bounds.of("0s", "10m");

  /**
   * @throws Unusable naming the first field that is invalid
   */
  Issuer compile(String path, TokenIssuer spec) {
    long skew = Durations.millis(path + ".clockSkew", spec.clockSkew(), SKEW);
    TokenIntrospection asked = spec.introspection();
    if (asked != null) {
      return new Issuer(
          spec.name(),
          spec.issuer(),
          spec.audiences(),
          List.of(),
          null,
          skew,
          introspection(path + ".introspection", asked));
    }
    List<TokenAlgorithm> algorithms =
        spec.algorithms().isEmpty() ? TokenIssuer.ALGORITHMS : spec.algorithms();
    return new Issuer(
        spec.name(),
        Objects.requireNonNull(spec.issuer(), "there with jwks"),
        spec.audiences(),
        algorithms.stream().map(TokenAlgorithm::wire).distinct().toList(),
        keys(path + ".jwks", Objects.requireNonNull(spec.jwks(), "one of the two")),
        skew);
  }

  private Introspection introspection(String path, TokenIntrospection spec) {
    SecretKeyRef ref = spec.clientSecretRef();
    String at = path + ".clientSecretRef";
    byte[] secret = values.value(at, ref.name(), values.secret(at, ref.name()), ref.key());
    if (new String(secret, StandardCharsets.UTF_8).isBlank()) {
      throw Unusable.unresolved(
          ConditionReason.INVALID_SECRET,
          at,
          "key '%s' of Secret '%s' is empty".formatted(ref.key(), ref.name()));
    }
    return new Introspection(
        spec.url(),
        spec.clientId(),
        values.ref(ref.name(), ref.key(), secret),
        Durations.millis(path + ".timeout", spec.timeout(), TIMEOUT),
        Durations.millis(path + ".cacheFor", spec.cacheFor(), CACHE),
        certificates.authorities(path + ".caRef", spec.caRef()));
  }

  private Issuer.Keys keys(String path, Jwks jwks) {
    SecretKeyRef ref = jwks.secretRef();
    if (ref != null) {
      String at = path + ".secretRef";
      SecretLookup.Found secret = values.secret(at, ref.name());
      byte[] value = values.value(at, ref.name(), secret, ref.key());
      JwkSet.check(at, ref, value);
      return new Issuer.Keys.Given(values.ref(ref.name(), ref.key(), value));
    }
    long refresh = Durations.millis(path + ".refresh", jwks.refresh(), REFRESH);
    long stale = Durations.millis(path + ".maxStale", jwks.maxStale(), STALE);
    if (stale < refresh) {
      throw Unusable.invalid(
          path + ".maxStale",
          "'%s' is shorter than refresh, '%s'".formatted(jwks.maxStale(), jwks.refresh()));
    }
    return new Issuer.Keys.Fetched(
        Objects.requireNonNull(jwks.url()),
        refresh,
        stale,
        certificates.authorities(path + ".caRef", jwks.caRef()));
  }
}
