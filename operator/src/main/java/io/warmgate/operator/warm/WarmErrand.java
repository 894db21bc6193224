package io.warmgate.operator.warm;

import io.warmgate.operator.rollout.Warmth;
import java.util.List;
import java.util.function.UnaryOperator;

/** Warms what some routes serve, once, on a virtual thread of its own. */
final class WarmErrand implements AutoCloseable {
  private final List<WarmWork> works;
  private final WarmWork.Crew crew;
  private final Thread thread;

  /**
   * @param serving name of the release that a route serves, as pods know it now
   */
  WarmErrand(
      String id, List<WarmTarget> targets, UnaryOperator<String> serving, WarmWork.Crew crew) {
    this.crew = crew;
    this.works =
        targets.stream()
            .map(target -> new WarmWork(target, () -> serving.apply(target.route()), crew))
            .toList();
    this.thread = Thread.ofVirtual().name("warm " + id).unstarted(this::run);
  }

  void start() {
    works.forEach(work -> crew.budget().join(work, work.target().limits().originRps()));
    thread.start();
  }

  private void run() {
    try {
      for (WarmWork work : works) {
        work.plan();
      }
      crew.changed().run();
      for (WarmWork work : works) {
        work.fillAndCertify();
        work.progress().done();
        crew.budget().leave(work);
      }
      crew.changed().run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of all routes together. */
  Warmth warmth() {
    return Tally.of(works);
  }

  /** Ends at once; what pods have been told to ask for, they ask for. */
  @Override
  public void close() {
    thread.interrupt();
    works.forEach(crew.budget()::leave);
  }
}
