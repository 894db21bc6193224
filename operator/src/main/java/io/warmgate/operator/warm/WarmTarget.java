package io.warmgate.operator.warm;

import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.rollout.ModelLimits;
import io.warmgate.operator.source.Related;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be warm.
 *
 * @param route {@code namespace/name}
 * @param release its name
 * @param attempt warming begins again for a later one
 * @param limits what it may cost
 * @param reach how far an entry that one pod has made is seen
 * @param listed requests beside those that clients ask most for, in the order they are asked for
 * @param sitemaps documents at the origin that list more of them
 * @param related which links of all of these are followed
 * @param side null: every pod is asked what it is asked most for, and gets it. Else the pods of
 *     that side alone get it, and those of the other are asked
 */
public record WarmTarget(
    String route,
    String release,
    Instant attempt,
    Limits limits,
    Reach reach,
    List<WarmRequest> listed,
    List<WarmRequest> sitemaps,
    Related related,
    @Nullable String side) {
  public WarmTarget {
    listed = List.copyOf(listed);
    sitemaps = List.copyOf(sitemaps);
  }

  /** In every pod, without links. */
  public WarmTarget(
      String route,
      String release,
      Instant attempt,
      Limits limits,
      Reach reach,
      List<WarmRequest> listed,
      List<WarmRequest> sitemaps) {
    this(route, release, attempt, limits, reach, listed, sitemaps, Related.NONE, null);
  }

  /** In every pod, without sitemaps. */
  public WarmTarget(
      String route,
      String release,
      Instant attempt,
      Limits limits,
      Reach reach,
      List<WarmRequest> listed) {
    this(route, release, attempt, limits, reach, listed, List.of());
  }

  /** In every pod, of what clients ask most for alone. */
  public WarmTarget(String route, String release, Instant attempt, Limits limits, Reach reach) {
    this(route, release, attempt, limits, reach, List.of());
  }

  /**
   * @param topKeys at most so many requests
   * @param originRps that many a second to backends
   * @param concurrency that many at once
   * @param ofModels what may be asked of models
   */
  public record Limits(int topKeys, int originRps, int concurrency, ModelLimits ofModels) {
    /** With whatever may be asked of models by default. */
    public Limits(int topKeys, int originRps, int concurrency) {
      this(topKeys, originRps, concurrency, ModelLimits.DEFAULT);
    }
  }

  /** Who sees an entry. */
  public enum Reach {
    /** Every pod: they share a Redis. */
    ALL_PODS,
    /** The pod that made it alone. */
    ONE_POD
  }
}
