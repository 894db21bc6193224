package io.warmgate.operator.fleet;

import io.warmgate.config.admin.Latencies;
import io.warmgate.config.admin.ReleaseTraffic;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.config.admin.Traffic;
import io.warmgate.operator.rollout.Judge;
import io.warmgate.operator.rollout.Measure;
import io.warmgate.operator.rollout.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What pods counted since several moments: one poll for all that measure. */
final class TrafficWatch implements AutoCloseable {
  /** Of {@link #lately}: five minutes in all. */
  private static final Duration STEP = Duration.ofMinutes(1);

  private static final int STEPS = 5;

  /** As long as somebody measures. */
  private static final Duration OFTEN = Duration.ofSeconds(1);

  /** A measure is one step, however long it lasts. */
  private static final Duration LONG = Duration.ofDays(3_650);

  private final TrafficWindow lately = new TrafficWindow(STEP, STEPS);
  private final List<Measured> measured = new CopyOnWriteArrayList<>();
  private final TrafficPoll poll;
  private Duration period = Duration.ZERO;
  private volatile Runnable then = () -> {};

  TrafficWatch(Supplier<Map<String, TrafficPoll.Pod>> pods) {
    this.poll = new TrafficPoll(pods, this::heard);
  }

  private void heard(List<Traffic> answers, Set<String> pods, long now) {
    lately.heard(answers, pods, now);
    for (Measured each : measured) {
      each.window.heard(
          answers.stream().filter(answer -> each.pods.test(answer.podUid())).toList(), pods, now);
    }
  }

  /** What some pods count from one moment on. */
  private record Measured(TrafficWindow window, Predicate<String> pods) {}

  /** Keeps {@link #lately}; zero: nobody looks at it. */
  synchronized void lately(Duration every, Runnable heard) {
    period = every;
    then = heard;
    poll();
  }

  TrafficWindow lately() {
    return lately;
  }

  private synchronized void poll() {
    poll.every(measured.isEmpty() ? period : OFTEN, () -> then.run());
  }

  /**
   * @param pods whether a pod of this uid counts
   */
  Measure measure(Predicate<String> pods) {
    TrafficWindow window = new TrafficWindow(LONG, 1);
    Measured counted = new Measured(window, pods);
    measured.add(counted);
    poll();
    return new Measure() {
      @Override
      public Sample of(String route, Set<String> generations) {
        return sample(window.sum(System.nanoTime()), only(route, generations));
      }

      @Override
      public Sample all() {
        return sample(window.sum(System.nanoTime()), (rule, release) -> true);
      }

      @Override
      public Sample lately(String route, Set<String> generations) {
        Sample since = of(route, generations);
        Sample before = sample(lately.sum(System.nanoTime()), only(route, generations));
        // What was counted at the same time says more than what was counted before.
        return since.exchanges() >= Judge.MIN_LATENCIES || since.exchanges() >= before.exchanges()
            ? since
            : before;
      }

      @Override
      public void close() {
        measured.remove(counted);
        poll();
      }
    };
  }

  private static BiPredicate<RuleTraffic, ReleaseTraffic> only(
      String route, Set<String> generations) {
    return (rule, release) ->
        rule.route().equals(route) && generations.contains(release.generation());
  }

  private static Sample sample(
      List<RuleTraffic> rules, BiPredicate<RuleTraffic, ReleaseTraffic> counts) {
    long exchanges = 0;
    long errors = 0;
    long requests = 0;
    long hits = 0;
    Latencies latency = Latencies.NONE;
    for (RuleTraffic rule : rules) {
      for (ReleaseTraffic release : rule.releases()) {
        if (counts.test(rule, release)) {
          exchanges += release.origin().exchanges();
          errors += release.origin().errors();
          latency = latency.plus(release.origin().latency());
          requests += release.clients().cacheable();
          hits += release.clients().hits();
        }
      }
    }
    return new Sample(exchanges, errors, latency.quantileMicros(0.99), requests, hits);
  }

  @Override
  public void close() {
    poll.close();
  }
}
