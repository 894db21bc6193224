package io.warmgate.operator.translate;

import io.warmgate.config.AccessRule;
import io.warmgate.config.Issuer;
import io.warmgate.config.Rule;
import io.warmgate.crd.v1alpha1.TokenIssuer;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens the gateway takes: what its {@code spec.auth.issuers} lists. One that cannot be used
 * as it is written goes on as it runs. One that is not written any more is trusted no more,
 * whatever a route still says.
 */
final class Issuers {
  private final String gateway;
  private final Map<String, Issuer> byName = new LinkedHashMap<>();

  private Issuers(String gateway) {
    this.gateway = gateway;
  }

  static Issuers compile(
      Snapshot snapshot,
      Values values,
      Certificates certificates,
      Running running,
      Findings findings) {
    Issuers issuers = new Issuers(snapshot.name());
    IssuerCompiler compiler = new IssuerCompiler(values, certificates);
    List<TokenIssuer> specs = snapshot.gateway().getSpec().auth().issuers();
    for (int i = 0; i < specs.size(); i++) {
      TokenIssuer spec = specs.get(i);
      try {
        issuers.byName.put(spec.name(), compiler.compile("spec.auth.issuers[" + i + "]", spec));
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
