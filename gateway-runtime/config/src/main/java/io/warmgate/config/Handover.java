package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warmgate.config.LoadBalancing.HashOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two sides of a gateway's pods stand beside each other: new ones on their way in, or those before
 * that are kept. Both serve this configuration; a pod of one side hands requests over to pods of
 * the other, which answer them as if they had come to themselves. A pod knows its own side from its
 * environment; one of neither side hands nothing over.
 *
 * @param first name of the side whose pods clients reach while {@code percent} is less than 100
 * @param other name of the side beside it
 * @param percent of the requests that come to {@code first} are handed to {@code other}, 100 all. 0
 *     turns it round: whatever still comes to {@code other} is handed to {@code first}, all of it
 * @param hashOn what a request's side is drawn from, so that a client stays on one; null: each
 *     request is drawn anew
 * @param headers where it is not empty, and {@code percent} is not 0, a request in which all of
 *     these hold is handed to {@code other}, whatever {@code percent} says
 */
public record Handover(
    String first,
    String other,
    int percent,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable HashOn hashOn,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ValueMatch> headers) {
  public Handover {
    name("first", first);
    name("other", other);
    Check.that(!first.equals(other), "other", "is the same side as first: " + first);
    Check.range("percent", percent, 0, 100);
    headers = headers == null ? List.of() : Check.list("headers", headers);
  }

  private static void name(String path, String side) {
    Check.that(
        Check.text(path, side).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?"), path, "is no label");
  }
}
