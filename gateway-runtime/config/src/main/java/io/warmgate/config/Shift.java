package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warmgate.config.LoadBalancing.HashOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The other side of a route, while two of its releases stand beside each other: a new one on its
 * way in, or the previous one that is kept. A request is answered by one side wholly: its rules,
 * its backends, its entries.
 *
 * @param from name of the release that the route's own {@code rules} are
 * @param to name of the release that the {@code rules} here are
 * @param rules the other side's, all of them
 * @param percent of requests that the other side takes: 0 none but preview, 100 all
 * @param hashOn what a request's side is drawn from, so that a client stays on one; null: each
 *     request is drawn anew
 * @param headers where it is not empty, a request in which all of these hold is the other side's,
 *     whatever {@code percent} says
 */
public record Shift(
    String from,
    String to,
    List<Rule> rules,
    int percent,
    @Nullable HashOn hashOn,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ValueMatch> headers) {
  public Shift {
    name("from", from);
    name("to", to);
    Check.that(!from.equals(to), "to", "is the same release as from: " + from);
    rules = Check.list("rules", rules);
    Check.unique("rules", "id", rules, Rule::id);
    Check.range("percent", percent, 0, 100);
    headers = headers == null ? List.of() : Check.list("headers", headers);
  }

  /** Clients are shown it inside a quoted string. */
  private static void name(String path, String release) {
    Check.that(
        Check.text(path, release).matches("[A-Za-z0-9._:-]+"), path, "is no name: " + release);
  }
}
