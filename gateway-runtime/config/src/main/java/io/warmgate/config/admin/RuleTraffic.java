package io.warmgate.config.admin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was counted of one rule.
 *
 * @param route {@code namespace/name}, as in {@code GatewayConfig}
 * @param rule its id within the route
 * @param own requests that the gateway answered before it chose a backend: redirects, preflights,
 *     rules without one
 * @param releases by generation; those that the served configuration names
 */
public record RuleTraffic(String route, String rule, long own, List<ReleaseTraffic> releases) {
  public RuleTraffic {
    releases = List.copyOf(releases);
  }

  /** What clients asked of all releases. */
  public ClientTraffic clients() {
    return releases.stream()
        .map(ReleaseTraffic::clients)
        .reduce(ClientTraffic.NONE, ClientTraffic::plus);
  }

  /** Requests of clients that came to this rule. */
  public long requests() {
    return own + clients().requests();
  }

  /** What was counted since {@code before}, of the same pod. */
  public RuleTraffic minus(RuleTraffic before) {
    return new RuleTraffic(
        route,
        rule,
        Math.max(0, own - before.own),
        releases.stream()
            .map(now -> before.release(now.generation()).map(now::minus).orElse(now))
            .toList());
  }

  /** Both together, of the same rule. */
  public RuleTraffic plus(RuleTraffic other) {
    Stream<ReleaseTraffic> mine =
        releases.stream()
            .map(each -> other.release(each.generation()).map(each::plus).orElse(each));
    Stream<ReleaseTraffic> theirs =
        other.releases.stream().filter(each -> release(each.generation()).isEmpty());
    return new RuleTraffic(route, rule, own + other.own, Stream.concat(mine, theirs).toList());
  }

  /** The release of that generation; empty where nothing was counted for it. */
  public Optional<ReleaseTraffic> release(String generation) {
    return releases.stream().filter(any -> any.generation().equals(generation)).findFirst();
  }
}
