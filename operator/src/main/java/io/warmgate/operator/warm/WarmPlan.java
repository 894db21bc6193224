package io.warmgate.operator.warm;

import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.WarmRequest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which requests are asked for: those that clients ask most for, of all pods, and those that users
 * list.
 *
 * @param keys the heaviest first, then those that no client asks for, as they are listed
 * @param total weight of all traffic that a cache may answer
 * @param partitioned the part of it whose answers are one client's
 * @param listed weight of all requests that pods named, also of those beyond the plan
 */
public record WarmPlan(List<Key> keys, double total, double partitioned, double listed) {
  private static final Comparator<Key> HEAVIEST =
      Comparator.comparingDouble((Key key) -> -key.weight())
          .thenComparing(key -> key.request().host())
          .thenComparing(key -> key.request().target());

  /** A request, and its part of {@code total}; 0 where no client asks for it. */
  public record Key(WarmRequest request, double weight) {}

  public WarmPlan {
    keys = List.copyOf(keys);
  }

  /**
   * Without a list.
   *
   * @param pods what each of them said
   */
  public static WarmPlan of(Collection<HotRequests> pods, int topKeys) {
    return of(pods, topKeys, List.of());
  }

  /**
   * @param pods what each of them said
   * @param topKeys at most so many of it
   * @param also whatever pods said
   */
  static WarmPlan of(Collection<HotRequests> pods, int topKeys, List<WarmRequest> also) {
    Map<WarmRequest, Double> weights = new HashMap<>();
    double total = 0;
    double partitioned = 0;
    for (HotRequests pod : pods) {
      total += pod.total();
      partitioned += pod.partitioned();
      pod.requests().forEach(hot -> weights.merge(hot.request(), hot.weight(), Double::sum));
    }
    double listed = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<WarmRequest, Key> keys = new LinkedHashMap<>();
    weights.entrySet().stream()
        .map(any -> new Key(any.getKey(), any.getValue()))
        .sorted(HEAVIEST)
        .limit(topKeys)
        .forEach(key -> keys.put(key.request(), key));
    for (WarmRequest request : also) {
      keys.putIfAbsent(request, new Key(request, weights.getOrDefault(request, 0.0)));
    }
    return new WarmPlan(List.copyOf(keys.values()), total, partitioned, Math.min(listed, total));
  }

  /** The same, and these too, which no client asks for. */
  WarmPlan and(List<WarmRequest> more) {
    return new WarmPlan(
        Stream.concat(keys.stream(), more.stream().map(request -> new Key(request, 0))).toList(),
        total,
        partitioned,
        listed);
  }

  /**
   * The share of what the cache serves now that these keys stand for, 0 to 100. What the cache
   * serves is its hit ratio of the traffic that anybody can be answered with; what is only one
   * client's cannot be asked for, and is left out on both sides.
   *
   * @param certified weight of the keys that can be answered
   * @param hitRatio of the release that serves, 0 to 1; negative: unknown, and then the requests
   *     that pods named stand for what is served
   */
  int coveragePercent(double certified, double hitRatio) {
    double warmable = Math.max(0, total - partitioned);
    return percent(certified, hitRatio < 0 ? named() : warmable * hitRatio);
  }

  /** Weight of what pods named and anybody can be answered with. */
  double named() {
    return Math.min(listed, Math.max(0, total - partitioned));
  }

  /**
   * @param served 0: nothing is missing
   */
  static int percent(double certified, double served) {
    return served <= 0 ? 100 : (int) Math.floor(Math.min(100, 100 * certified / served + 1e-9));
  }

  /**
   * The share of the questions to models that can be answered, 0 to 100. Nobody counts how often
   * clients ask one, so that each weighs the same.
   *
   * @param answerable of those that can be kept
   */
  static int questionsPercent(int answerable, int keepable) {
    return percent(answerable, keepable);
  }

  int notWarmablePercent() {
    return total <= 0 ? 0 : (int) Math.round(100 * partitioned / total);
  }
}
