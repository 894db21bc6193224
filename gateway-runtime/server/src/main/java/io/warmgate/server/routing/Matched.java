package io.warmgate.server.routing;

/**
 * The rule that takes a request.
 *
 * @param prefix what its path prefix matched, without a trailing slash; empty where it was matched
 *     by something else: what {@code ReplacePrefixMatch} replaces
 */
public record Matched(RoutedRule rule, String prefix) {}
