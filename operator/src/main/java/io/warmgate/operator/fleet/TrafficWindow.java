package io.warmgate.operator.fleet;

import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.config.admin.Traffic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway's pods counted lately, summed over them. Pods say what they counted since they
 * started; kept are the last word of each pod, and what all counted since the word before, by the
 * step of time in which it was heard. Pods come, go and start again: what one counted between its
 * last word and its end is lost, and nothing is counted twice.
 *
 * <p>Times are {@link System#nanoTime()}'s.
 */
public final class TrafficWindow {
  private final long stepNanos;
  private final int steps;
  private final Map<String, Traffic> last = new HashMap<>();
  private final Deque<Step> grown = new ArrayDeque<>();
  private final Map<ModelTraffic.Account, ModelTraffic> models = new HashMap<>();
  private @Nullable Long heardAt;

  private record Name(String route, String rule) implements Comparable<Name> {
    static Name of(RuleTraffic rule) {
      return new Name(rule.route(), rule.rule());
    }

    @Override
    public int compareTo(Name other) {
      int byRoute = route.compareTo(other.route);
      return byRoute == 0 ? rule.compareTo(other.rule) : byRoute;
    }
  }

  /** What was heard of from a time on. */
  private record Step(long began, Map<Name, RuleTraffic> rules) {}

  /**
   * @param step what is too old is forgotten step by step
   * @param steps how many are remembered, the one that has begun included
   */
  public TrafficWindow(Duration step, int steps) {
    this.stepNanos = step.toNanos();
    this.steps = steps;
  }

  /**
   * These pods have answered.
   *
   * @param pods uids of all that are there; what others said is forgotten
   */
  synchronized void heard(List<Traffic> answers, Set<String> pods, long now) {
    if (grown.isEmpty() || now - grown.getLast().began() >= stepNanos) {
      grown.addLast(new Step(now, new HashMap<>()));
    }
    forgetBefore(now);
    for (Traffic answer : answers) {
      Traffic before = last.put(answer.podUid(), answer);
      grown(before, answer, now, Traffic::rules, Name::of, RuleTraffic::minus)
          .forEach(rule -> grown.getLast().rules().merge(Name.of(rule), rule, RuleTraffic::plus));
      grown(before, answer, now, Traffic::models, ModelTraffic::account, ModelTraffic::minus)
          .forEach(model -> models.merge(model.account(), model, ModelTraffic::plus));
    }
    last.keySet().retainAll(pods);
    heardAt = now;
  }

  private void forgetBefore(long now) {
    while (!grown.isEmpty() && now - grown.getFirst().began() >= steps * stepNanos) {
      grown.removeFirst();
    }
  }

  private <T, N> List<T> grown(
      @Nullable Traffic before,
      Traffic now,
      long nanos,
      Function<Traffic, List<T>> of,
      Function<T, N> name,
      BinaryOperator<T> minus) {
    if (before == null) {
      // One that has counted for longer than since the last round may have been heard already.
      return isNew(now, nanos) ? of.apply(now) : List.of();
    }
    if (before.startedAt() != now.startedAt()) {
      return of.apply(now);
    }
    Map<N, T> known =
        of.apply(before).stream().collect(Collectors.toMap(name, Function.identity()));
    return of.apply(now).stream()
        .map(
            each -> {
              T was = known.get(name.apply(each));
              return was == null ? each : minus.apply(each, was);
            })
        .toList();
  }

  private boolean isNew(Traffic pod, long nanos) {
    return heardAt != null && Duration.ofMillis(pod.uptimeMillis()).toNanos() <= nanos - heardAt;
  }

  /** What a rule was asked so far says nothing of what it does from now on. */
  public synchronized void forget(String route, String rule) {
    grown.forEach(step -> step.rules().remove(new Name(route, rule)));
  }

  /** What pods were heard to have counted of models, all in all: nothing of it is forgotten. */
  public synchronized List<ModelTraffic> models() {
    return List.copyOf(models.values());
  }

  /** What each pod said last of models' credentials, by uid. */
  public synchronized Map<String, List<CredentialState>> credentials() {
    return last.values().stream()
        .filter(pod -> !pod.credentials().isEmpty())
        .collect(Collectors.toUnmodifiableMap(Traffic::podUid, Traffic::credentials));
  }

  /** What each pod said last of the versions that servers of models have, by uid. */
  public synchronized Map<String, List<ServedVersions>> versions() {
    return last.values().stream()
        .filter(pod -> !pod.versions().isEmpty())
        .collect(Collectors.toUnmodifiableMap(Traffic::podUid, Traffic::versions));
  }

  /** All that is remembered, by rule. */
  public synchronized List<RuleTraffic> sum(long now) {
    forgetBefore(now);
    Map<Name, RuleTraffic> sum = new TreeMap<>();
    for (Step step : grown) {
      step.rules().forEach((name, rule) -> sum.merge(name, rule, RuleTraffic::plus));
    }
    return List.copyOf(sum.values());
  }
}
