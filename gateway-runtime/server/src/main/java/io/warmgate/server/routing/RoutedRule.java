package io.warmgate.server.routing;

import io.warmgate.config.Rule;
import io.warmgate.server.filter.RuleFilters;
import io.warmgate.server.routing.Sides.Side;
import io.warmgate.server.traffic.RuleCounters;
import org.jspecify.annotations.Nullable;

/**
 * A rule that can be matched.
 *
 * @param routeId {@code namespace/name}
 * @param filters its filters, compiled
 * @param counters what its requests are counted by
 * @param side whose requests it may take; null: its route has one side alone
 */
public record RoutedRule(
    String routeId, Rule rule, RuleFilters filters, RuleCounters counters, @Nullable Side side) {}
