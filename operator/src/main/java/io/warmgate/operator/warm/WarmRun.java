package io.warmgate.operator.warm;

import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.rollout.Warmth;
import java.time.Duration;
import java.util.List;

/**
 * Warms one release and keeps it warm, on a virtual thread of its own, until it is closed: plans,
 * fills within the budget, certifies on every pod, and then refreshes what would go stale.
 */
final class WarmRun implements AutoCloseable {
  /** For so long a warm release is kept warm by one plan. */
  private static final Duration KEEP = Duration.ofSeconds(5);

  private final WarmWork work;
  private final WarmWork.Crew crew;
  private final Thread thread;

  WarmRun(WarmTarget target, WarmWork.Crew crew) {
    this.work = new WarmWork(target, target::release, crew);
    this.crew = crew;
    this.thread = Thread.ofVirtual().name("warm " + target.route()).unstarted(this::run);
  }

  void start() {
    crew.budget().join(this, work.target().limits().originRps());
    thread.start();
  }

  WarmTarget target() {
    return work.target();
  }

  /**
   * @param ratio of the release that serves, 0 to 1; negative: unknown
   */
  void hitRatio(double ratio) {
    work.hitRatio(ratio);
  }

  /** These are asked for too, from the next plan on. */
  void listed(List<WarmRequest> requests) {
    work.listed(requests);
  }

  Warmth warmth() {
    return work.warmth();
  }

  WarmWork work() {
    return work;
  }

  private void run() {
    try {
      work.plan();
      crew.changed().run();
      work.fillAndCertify();
      work.progress().done();
      crew.changed().run();
      while (true) {
        work.keep(KEEP);
        crew.changed().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends at once; what pods have been told to ask for, they ask for. */
  @Override
  public void close() {
    thread.interrupt();
    crew.budget().leave(this);
  }
}
