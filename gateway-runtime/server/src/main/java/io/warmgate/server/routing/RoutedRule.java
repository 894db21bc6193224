package io.warmgate.server.routing;

import io.warmgate.config.Rule;
import io.warmgate.server.filter.RuleFilters;
import io.warmgate.server.traffic.RuleCounters;

/**
 * A rule that can be matched.
 *
 * @param routeId {@code namespace/name}
 * @param filters its filters, compiled
 * @param counters what its requests are counted by
 */
public record RoutedRule(String routeId, Rule rule, RuleFilters filters, RuleCounters counters) {}
