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
  private final List<TrafficWindow> measured = new CopyOnWriteArrayList<>();
  private final TrafficPoll poll;
  private Duration period = Duration.ZERO;
  private volatile Runnable then = () -> {};

  TrafficWatch(Supplier<Map<String, TrafficPoll.Pod>> pods) {
    this.poll = new TrafficPoll(pods, this::heard);
  }

  private void heard(List<Traffic> answers, Set<String> pods, long now) {
    lately.heard(answers, pods, now);
    measured.forEach(window -> window.heard(answers, pods, now));
  }

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

  Measure measure() {
    TrafficWindow window = new TrafficWindow(LONG, 1);
    measured.add(window);
    poll();
    return new Measure() {
      @Override
      public Sample of(String route, Set<String> generations) {
        return sample(window.sum(System.nanoTime()), route, generations);
      }

      @Override
      public Sample lately(String route, Set<String> generations) {
        Sample since = of(route, generations);
        Sample before = sample(lately.sum(System.nanoTime()), route, generations);
        // What was counted at the same time says more than what was counted before.
        return since.exchanges() >= Judge.MIN_LATENCIES || since.exchanges() >= before.exchanges()
            ? since
            : before;
      }

      @Override
      public void close() {
        measured.remove(window);
        poll();
      }
    };
  }

  private static Sample sample(List<RuleTraffic> rules, String route, Set<String> generations) {
    long exchanges = 0;
    long errors = 0;
    long requests = 0;
    long hits = 0;
    Latencies latency = Latencies.NONE;
    for (RuleTraffic rule : rules) {
      if (!rule.route().equals(route)) {
        continue;
      }
      for (ReleaseTraffic release : rule.releases()) {
        if (generations.contains(release.generation())) {
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
