package io.warmgate.operator.translate;

import io.warmgate.config.AccessRule;
import io.warmgate.config.Introspection;
import io.warmgate.config.Issuer;
import io.warmgate.config.Rule;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.Jwks;
import io.warmgate.crd.v1alpha1.SecretKeyRef;
import io.warmgate.crd.v1alpha1.TokenAlgorithm;
import io.warmgate.crd.v1alpha1.TokenIntrospection;
import io.warmgate.crd.v1alpha1.TokenIssuer;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens the gateway takes: what its {@code spec.auth.issuers} lists. One that cannot be used
 * as it is written goes on as it runs. One that is not written any more is trusted no more,
 * whatever a route still says.
 */
final class Issuers {
  private static final Durations.Bounds REFRESH = Durations.Bounds.of("1s", "1d");
  private static final Durations.Bounds STALE = Durations.Bounds.of("1s", "7d");
  private static final Durations.Bounds TIMEOUT = Durations.Bounds.of("100ms", "10s");
  private static final Durations.Bounds CACHE = Durations.Bounds.of("0s", "1d");
  private static final Durations.Bounds SKEW = Durations.Bounds.of("0s", "10m");

  private final String gateway;
  private final Map<String, Issuer> byName = new LinkedHashMap<>();

  private Issuers(String gateway) {
    this.gateway = gateway;
  }

  static Issuers compile(Snapshot snapshot, Values values, Running running, Findings findings) {
    Issuers issuers = new Issuers(snapshot.name());
    List<TokenIssuer> specs = snapshot.gateway().getSpec().auth().issuers();
    for (int i = 0; i < specs.size(); i++) {
      TokenIssuer spec = specs.get(i);
      try {
        issuers.byName.put(spec.name(), compile("spec.auth.issuers[" + i + "]", spec, values));
      } catch (Unusable e) {
        findings.add(e.in(ObjectKey.of(snapshot.gateway())));
        running(running, values, spec.name())
            .ifPresent(kept -> issuers.byName.put(kept.name(), kept));
      }
    }
    return issuers;
  }

  private static Optional<Issuer> running(Running running, Values values, String name) {
    return running.config().stream()
        .flatMap(config -> config.access().issuers().stream())
        .filter(issuer -> issuer.name().equals(name))
        .filter(issuer -> issuer.values().stream().allMatch(values::has))
        .findFirst();
  }

  private static Issuer compile(String path, TokenIssuer spec, Values values) {
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
          introspection(path + ".introspection", asked, values));
    }
    List<TokenAlgorithm> algorithms =
        spec.algorithms().isEmpty() ? TokenIssuer.ALGORITHMS : spec.algorithms();
    return new Issuer(
        spec.name(),
        Objects.requireNonNull(spec.issuer(), "there with jwks"),
        spec.audiences(),
        algorithms.stream().map(TokenAlgorithm::wire).distinct().toList(),
        keys(path + ".jwks", Objects.requireNonNull(spec.jwks(), "one of the two"), values),
        skew);
  }

  private static Introspection introspection(String path, TokenIntrospection spec, Values values) {
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
        Durations.millis(path + ".cacheFor", spec.cacheFor(), CACHE));
  }

  private static Issuer.Keys keys(String path, Jwks jwks, Values values) {
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
    return new Issuer.Keys.Fetched(Objects.requireNonNull(jwks.url()), refresh, stale);
  }

  /** In the user's order. */
  List<Issuer> list() {
    return List.copyOf(byName.values());
  }

  Set<String> names() {
    return byName.keySet();
  }

  /** What is to be said where a name is none of these. */
  String missing(String name) {
    return "'%s' is no issuer of ApiGateway '%s' that can be used; it has %s"
        .formatted(name, gateway, byName.keySet());
  }

  /**
   * A rule that goes on as it ran: without the issuers that there are no more. Where nothing else
   * is accepted nobody gets in.
   */
  Rule still(Rule ran) {
    AccessRule access = ran.access();
    if (access == null || names().containsAll(access.issuers())) {
      return ran;
    }
    List<String> left = access.issuers().stream().filter(names()::contains).toList();
    if (left.isEmpty() && access.keyHeaders().isEmpty() && !access.certificates()) {
      return new Rule(
          ran.id(),
          ran.matches(),
          List.of(),
          List.of(),
          "no issuer whose tokens it accepts is there: " + access.issuers(),
          ran.timeouts(),
          ran.retry(),
          null);
    }
    return ran.withAccess(access.withIssuers(left));
  }
}
