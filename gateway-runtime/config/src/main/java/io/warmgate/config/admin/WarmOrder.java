package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warmgate.config.ConfigException;
import java.util.List;

/**
 * Requests that a pod is to make against one release of a route, so that their answers are in its
 * cache, or to say whether they are.
 *
 * @param route id of the route
 * @param release name of the release; must be one of the route's two sides, or empty where it has
 *     one alone
 * @param action what is wanted
 * @param concurrency how many of them may be at a backend at once; the pod may take fewer
 * @param timeoutMillis at most {@value #MAX_TIMEOUT_MILLIS}; after which those that have not ended
 *     are reported as failed
 * @param requests at most {@value #MAX_REQUESTS}
 * @param relations what of an answer's links (RFC 8288) is to be told: their relation types, in
 *     lower case; empty: none of them. Pods of before know no other
 */
public record WarmOrder(
    String route,
    String release,
    Action action,
    int concurrency,
    long timeoutMillis,
    List<WarmRequest> requests,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> relations) {

  /** How many requests one order may have. */
  public static final int MAX_REQUESTS = 1_000;

  /** The longest {@code timeoutMillis}: an answer that takes longer would not be waited for. */
  public static final long MAX_TIMEOUT_MILLIS = 50_000;

  /** What is done with each request. */
  public enum Action {
    /** Answered as a client's would be; what the answer lets be kept is in the cache afterwards. */
    FILL,
    /** Answered out of the cache or not at all: nothing is asked of a backend. */
    CERTIFY,
    /** Asked anew where the entry would go stale within the order's timeout, else as FILL. */
    REFRESH
  }

  public WarmOrder {
    if (route == null || release == null || action == null || requests == null) {
      throw new ConfigException("order", "needs route, release, action and requests");
    }
    within("concurrency", concurrency, 1, Integer.MAX_VALUE);
    within("timeoutMillis", timeoutMillis, 1, MAX_TIMEOUT_MILLIS);
    within("requests", requests.size(), 0, MAX_REQUESTS);
    requests = List.copyOf(requests);
    relations = relations == null ? List.of() : List.copyOf(relations);
    within("relations", relations.size(), 0, 8);
  }

  /** That asks for no links. */
  public WarmOrder(
      String route,
      String release,
      Action action,
      int concurrency,
      long timeoutMillis,
      List<WarmRequest> requests) {
    this(route, release, action, concurrency, timeoutMillis, requests, List.of());
  }

  private static void within(String path, long value, long min, long max) {
    if (value < min || value > max) {
      throw new ConfigException(path, "is " + value + ", not " + min + " to " + max);
    }
  }
}
