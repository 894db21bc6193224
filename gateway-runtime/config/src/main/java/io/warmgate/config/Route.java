package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code ApiRoute}, compiled.
 *
 * @param id {@code namespace/name}
 * @param listeners names of the listeners it is served on; never empty
 * @param hostnames lower-case, exact or {@code *.} and a suffix; empty takes every host of the
 *     listener
 * @param rules in the order the user wrote them
 * @param shift the other side, while there are two; null, and then not written: one side alone
 */
public record Route(
    String id,
    List<String> listeners,
    List<String> hostnames,
    List<Rule> rules,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Shift shift) {
  public Route {
    Check.text("id", id);
    listeners = Check.list("listeners", listeners);
    Check.that(!listeners.isEmpty(), "listeners", "is empty");
    hostnames = Check.list("hostnames", hostnames);
    rules = Check.list("rules", rules);
    Check.unique("rules", "id", rules, Rule::id);
  }

  /** Of one side. */
  public Route(String id, List<String> listeners, List<String> hostnames, List<Rule> rules) {
    this(id, listeners, hostnames, rules, null);
  }

  /** The rules of both sides: a backend that one of them names has to be there. */
  public List<Rule> allRules() {
    if (shift == null) {
      return rules;
    }
    List<Rule> all = new ArrayList<>(rules);
    all.addAll(shift.rules());
    return all;
  }
}
