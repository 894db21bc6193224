package io.warmgate.config;

import java.util.List;

/**
 * An {@code ApiRoute}, compiled.
 *
 * @param id {@code namespace/name}
 * @param listeners names of the listeners it is served on; never empty
 * @param hostnames lower-case, exact or {@code *.} and a suffix; empty takes every host of the
 *     listener
 * @param rules in the order the user wrote them
 */
public record Route(String id, List<String> listeners, List<String> hostnames, List<Rule> rules) {
  public Route {
    Check.text("id", id);
    listeners = Check.list("listeners", listeners);
    Check.that(!listeners.isEmpty(), "listeners", "is empty");
    hostnames = Check.list("hostnames", hostnames);
    rules = Check.list("rules", rules);
    Check.unique("rules", "id", rules, Rule::id);
  }
}
