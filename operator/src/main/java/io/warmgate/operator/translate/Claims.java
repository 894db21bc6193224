package io.warmgate.operator.translate;

import io.warmgate.config.Listener;
import io.warmgate.config.Match;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Shift;
import io.warmgate.config.ValueMatch;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who serves a match that two routes ask for: on the same listener and host the older one (GEP-713,
 * "Conflict Resolution"). The younger is told, and goes on with whatever else it asks for: decided
 * match by match, so that a mistake costs no more than itself.
 *
 * <p>Matches that overlap without being equal are no conflict: the more specific one wins.
 */
final class Claims {
  private static final int MAX_NAMED = 3;

  private record Claim(String listener, String host, Match match) {
    @Override
    public String toString() {
      String method = match.method() == null ? "" : match.method() + " ";
      String more = names(match.headers(), " header ") + names(match.queryParams(), " parameter ");
      String on = host.equals(Hostnames.ANY) ? "every host" : "host '" + host + "'";
      return "%s%s%s on %s of listener '%s'"
          .formatted(method, match.path().value(), more, on, listener);
    }

    private static String names(List<ValueMatch> matches, String what) {
      return matches.stream().map(match -> what + match.name()).collect(Collectors.joining());
    }
  }

  private final Map<String, String> hostOfListener = new HashMap<>();
  private final Map<Claim, ObjectKey> owners = new HashMap<>();

  private Claims(List<Listener> listeners) {
    for (Listener listener : listeners) {
      hostOfListener.put(
          listener.name(), Objects.requireNonNullElse(listener.hostname(), Hostnames.ANY));
    }
  }

  /**
   * @param routes oldest first
   * @return the routes with what is left of them; those of which nothing is left are not among them
   */
  static List<CompiledRoute> settle(
      List<CompiledRoute> routes, List<Listener> listeners, Findings findings) {
    Claims claims = new Claims(listeners);
    List<CompiledRoute> left = new ArrayList<>();
    for (CompiledRoute route : routes) {
      claims.settle(route, findings).ifPresent(left::add);
    }
    return left;
  }

  private Optional<CompiledRoute> settle(CompiledRoute compiled, Findings findings) {
    Route route = compiled.route();
    Map<Claim, ObjectKey> lost = new LinkedHashMap<>();
    List<Rule> rules = won(route.rules(), compiled, lost);
    Shift shift = route.shift() == null ? null : won(route.shift(), compiled, lost);
    if (!lost.isEmpty()) {
      findings.add(
          compiled.object(),
          ConditionType.ACCEPTED,
          ConditionReason.CONFLICTED,
          message(lost, rules.isEmpty()));
    }
    if (rules.isEmpty() && (shift == null || shift.rules().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        lost.isEmpty()
            ? compiled
            : compiled.with(
                new Route(route.id(), route.listeners(), route.hostnames(), rules, shift)));
  }

  private Shift won(Shift shift, CompiledRoute compiled, Map<Claim, ObjectKey> lost) {
    return new Shift(
        shift.from(),
        shift.to(),
        won(shift.rules(), compiled, lost),
        shift.percent(),
        shift.hashOn(),
        shift.headers());
  }

  private List<Rule> won(List<Rule> asked, CompiledRoute compiled, Map<Claim, ObjectKey> lost) {
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : asked) {
      List<Match> won =
          rule.matches().stream().filter(match -> claim(compiled, match, lost)).toList();
      if (won.size() == rule.matches().size()) {
        rules.add(rule);
      } else if (!won.isEmpty()) {
        rules.add(rule.withMatches(won));
      }
    }
    return rules;
  }

  /** Claims the match wherever the route is served; whether it got it anywhere. */
  private boolean claim(CompiledRoute compiled, Match match, Map<Claim, ObjectKey> lost) {
    boolean any = false;
    for (String listener : compiled.route().listeners()) {
      for (String host : hosts(listener, compiled.route().hostnames())) {
        Claim claim = new Claim(listener, host, match);
        ObjectKey owner = owners.putIfAbsent(claim, compiled.object());
        if (owner == null || owner.equals(compiled.object())) {
          any = true;
        } else {
          lost.put(claim, owner);
        }
      }
    }
    return any;
  }

  private List<String> hosts(String listener, List<String> hostnames) {
    String own = Objects.requireNonNull(hostOfListener.get(listener));
    if (hostnames.isEmpty()) {
      return List.of(own);
    }
    return hostnames.stream()
        .map(host -> Hostnames.intersection(own, host))
        .flatMap(Optional::stream)
        .toList();
  }

  private static String message(Map<Claim, ObjectKey> lost, boolean nothingLeft) {
    String some =
        lost.entrySet().stream()
            .limit(MAX_NAMED)
            .map(entry -> "%s belongs to the older %s".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("; "));
    int more = lost.size() - MAX_NAMED;
    return some
        + (more > 0 ? "; and " + more + " more" : "")
        + (nothingLeft
            ? ". Nothing of this route is served"
            : ". The rest of this route is served");
  }
}
