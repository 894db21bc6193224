package io.warmgate.server.routing;

import io.warmgate.config.Rule;
import io.warmgate.server.filter.RuleFilters;

/**
 * A rule that can be matched.
 *
 * @param routeId {@code namespace/name}
 * @param filters its filters, compiled
 */
public record RoutedRule(String routeId, Rule rule, RuleFilters filters) {}
