package io.warmgate.operator.status;

import io.warmgate.config.Rule;
import io.warmgate.config.admin.ClientTraffic;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What was asked lately of the rules that a policy is for.
 *
 * @param rules those with traffic; who misses most goes first
 */
record PolicyTraffic(List<OfRule> rules) {

  /**
   * Of one rule.
   *
   * @param route name of the ApiRoute
   */
  record OfRule(String route, Rule rule, ClientTraffic clients) {}

  PolicyTraffic {
    rules = List.copyOf(rules);
  }

  static PolicyTraffic of(Collection<OfRule> rules) {
    return new PolicyTraffic(
        rules.stream()
            .sorted(Comparator.comparingLong((OfRule rule) -> rule.clients().missed()).reversed())
            .toList());
  }

  /** All of them together. */
  ClientTraffic clients() {
    return rules.stream().map(OfRule::clients).reduce(ClientTraffic.NONE, ClientTraffic::plus);
  }
}
