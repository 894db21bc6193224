package io.warmgate.operator.warm;

import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.rollout.Warmth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Warms one release and keeps it warm, on a virtual thread of its own, until it is closed: plans,
 * fills within the budget, certifies on every pod, and then refreshes what would go stale.
 */
final class WarmRun implements AutoCloseable {
  /** After which a warm release is looked at again. */
  private static final Duration KEEP = Duration.ofSeconds(5);

  /** Between two words on how far it is. */
  private static final Duration NEWS = Duration.ofSeconds(1);

  /** Before pods that could not be asked are asked again. */
  private static final Duration AGAIN = Duration.ofMillis(500);

  /** Rounds of filling and certifying; what is missing after that is missing. */
  private static final int ROUNDS = 3;

  /** For requests to backends that were sent together. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int CERTIFIED_TOGETHER = 500;

  private static final WarmReport.Outcome UNANSWERED =
      new WarmReport.Outcome(
          WarmReport.Result.FAILED, 0, true, 0, 0, "the pod that was to ask did not answer");

  private final WarmTarget target;
  private final Supplier<List<WarmPod>> pods;
  private final OriginBudget budget;
  private final Runnable changed;
  private final WarmProgress progress = new WarmProgress();
  private final Thread thread;
  private volatile double hitRatio = -1;
  private volatile List<WarmRequest> listed;
  private long told = System.nanoTime();
  private int turn;

  /**
   * @param pods those that answer now
   * @param changed runs when there is news; it must not wait
   */
  WarmRun(WarmTarget target, Supplier<List<WarmPod>> pods, OriginBudget budget, Runnable changed) {
    this.target = target;
    this.listed = target.listed();
    this.pods = pods;
    this.budget = budget;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("warm " + target.route()).unstarted(this::run);
  }

  void start() {
    budget.join(this, target.limits().originRps());
    thread.start();
  }

  WarmTarget target() {
    return target;
  }

  /**
   * @param ratio of the release that serves, 0 to 1; negative: unknown
   */
  void hitRatio(double ratio) {
    hitRatio = ratio;
  }

  /** These are asked for too, from the next plan on. */
  void listed(List<WarmRequest> requests) {
    listed = requests;
  }

  Warmth warmth() {
    return progress.warmth(hitRatio, budget.rate());
  }

  private void run() {
    try {
      warm();
      progress.done();
      changed.run();
      while (true) {
        Thread.sleep(KEEP);
        keep();
        changed.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void warm() throws InterruptedException {
    progress.plan(plan());
    changed.run();
    for (int round = 0; round < ROUNDS && !progress.toFill().isEmpty(); round++) {
      progress.again();
      fill(progress.toFill(), Action.FILL);
      certify();
    }
    progress.count(uids(pods.get()));
  }

  /** Clients go on asking: the plan is made anew, and what it names anew is filled too. */
  private void keep() throws InterruptedException {
    progress.plan(plan());
    progress.again();
    long soon = System.currentTimeMillis() + 2 * KEEP.toMillis();
    fill(progress.toRefresh(soon), Action.REFRESH);
    fill(progress.toFill(), Action.FILL);
    certify();
    progress.count(uids(pods.get()));
  }

  /** What no pod could be asked about is not nothing: it is asked about again. */
  private WarmPlan plan() throws InterruptedException {
    int top = target.limits().topKeys();
    while (true) {
      List<WarmPod> asked = awaitPods();
      List<HotRequests> hot = new ArrayList<>();
      for (WarmPod pod : asked) {
        pod.hot(target.route(), top).ifPresent(hot::add);
      }
      if (hot.size() == asked.size()) {
        return WarmPlan.of(hot, top, listed);
      }
      progress.stuck(
          "%d of %d pods do not say what they are asked for"
              .formatted(asked.size() - hot.size(), asked.size()));
      Thread.sleep(AGAIN);
    }
  }

  private void fill(List<WarmRequest> requests, Action action) throws InterruptedException {
    int next = 0;
    while (next < requests.size()) {
      List<WarmPod> now = awaitPods();
      List<WarmPod> asked =
          switch (target.reach()) {
            case ALL_PODS -> List.of(now.get(turn++ % now.size()));
            case ONE_POD -> now;
          };
      int wanted = Math.min(target.limits().concurrency(), requests.size() - next);
      int free = Math.max(1, budget.take(wanted * asked.size()) / asked.size());
      List<WarmRequest> batch = requests.subList(next, next + free);
      for (WarmPod pod : asked) {
        fill(pod, batch, action);
      }
      next += free;
      tell();
    }
  }

  /** How far it is, now and then: whoever is told reads everything anew. */
  private void tell() {
    long now = System.nanoTime();
    if (now - told >= NEWS.toNanos()) {
      told = now;
      changed.run();
    }
  }

  private List<WarmPod> awaitPods() throws InterruptedException {
    List<WarmPod> now = pods.get();
    while (now.isEmpty()) {
      progress.stuck("no pod answers");
      Thread.sleep(AGAIN);
      now = pods.get();
    }
    return now;
  }

  private void fill(WarmPod pod, List<WarmRequest> batch, Action action) {
    Duration patience = action == Action.REFRESH ? KEEP.multipliedBy(2) : PATIENCE;
    Optional<WarmReport> report = pod.warm(order(action, batch, patience));
    int backends = 0;
    int failed = 0;
    for (int i = 0; i < batch.size(); i++) {
      WarmReport.Outcome outcome = report.isPresent() ? report.get().outcomes().get(i) : UNANSWERED;
      progress.asked(batch.get(i), outcome, System.currentTimeMillis());
      backends += outcome.asked() ? 1 : 0;
      failed += outcome.asked() && outcome.result() == WarmReport.Result.FAILED ? 1 : 0;
    }
    budget.outcome(backends, failed);
    budget.giveBack(batch.size() - backends);
  }

  private void certify() throws InterruptedException {
    List<WarmRequest> filled = progress.toCertify();
    for (WarmPod pod : pods.get()) {
      for (int from = 0; from < filled.size(); from += CERTIFIED_TOGETHER) {
        List<WarmRequest> batch =
            filled.subList(from, Math.min(filled.size(), from + CERTIFIED_TOGETHER));
        Optional<WarmReport> report = pod.warm(order(Action.CERTIFY, batch, PATIENCE));
        for (int i = 0; report.isPresent() && i < batch.size(); i++) {
          progress.certified(
              batch.get(i), pod.uid(), report.get().outcomes().get(i), System.currentTimeMillis());
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
    progress.count(uids(pods.get()));
  }

  private WarmOrder order(Action action, List<WarmRequest> batch, Duration patience) {
    return new WarmOrder(
        target.route(),
        target.release(),
        action,
        target.limits().concurrency(),
        patience.toMillis(),
        batch);
  }

  private static List<String> uids(List<WarmPod> pods) {
    return pods.stream().map(WarmPod::uid).toList();
  }

  /** Ends at once; what pods have been told to ask for, they ask for. */
  @Override
  public void close() {
    thread.interrupt();
    budget.leave(this);
  }
}
