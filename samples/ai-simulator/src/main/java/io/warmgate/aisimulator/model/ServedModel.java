package io.warmgate.aisimulator.model;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One model with what it has done; safe for use by several threads. */
public final class ServedModel {
  private final String name;
  private final LongAdder requests = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder broken = new LongAdder();
  private final LongAdder inputTokens = new LongAdder();
  private final LongAdder outputTokens = new LongAdder();
  private volatile Setting setting;

  /** What the model does, and how much of it is used up. */
  private record Setting(
      ModelBehavior behavior, AtomicInteger failuresLeft, @Nullable RateWindow window) {}

  ServedModel(String name, ModelBehavior behavior, InstantSource clock) {
    this.name = name;
    this.setting = setting(behavior, clock);
  }

  /** Does something else from now on; what it has done stays counted. */
  void become(ModelBehavior behavior, InstantSource clock) {
    setting = setting(behavior, clock);
  }

  private static Setting setting(ModelBehavior behavior, InstantSource clock) {
    Failure failure = behavior.failure();
    Integer times = failure == null ? null : failure.times();
    RateLimit limit = behavior.rateLimit();
    return new Setting(
        behavior,
        new AtomicInteger(times == null ? Integer.MAX_VALUE : times),
        limit == null ? null : new RateWindow(limit, clock));
  }

  public String name() {
    return name;
  }

  public ModelBehavior behavior() {
    return setting.behavior();
  }

  /** Counts a request and says whether it goes on, fails or is over a limit. */
  public Admission admit() {
    requests.increment();
    Setting now = setting;
    RateStanding standing = now.window() == null ? null : now.window().take();
    if (standing != null && standing.exhausted()) {
      failed.increment();
      return new Admission.TooMany(standing);
    }
    Failure failure = now.behavior().failure();
    if (failure != null && failsOnceMore(now, failure)) {
      failed.increment();
      return new Admission.Fails(failure, standing);
    }
    return new Admission.Goes(now.behavior(), standing);
  }

  private static boolean failsOnceMore(Setting now, Failure failure) {
    return failure.times() == null
        || now.failuresLeft().getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** An answer is begun that has so many tokens. */
  public void count(int input, int output) {
    inputTokens.add(input);
    outputTokens.add(output);
    RateWindow window = setting.window();
    if (window != null) {
      window.spend(input + output);
    }
  }

  /** An answer was sent to its end. */
  public void ended() {
    answered.increment();
  }

  /** An answer broke off. */
  public void brokeOff() {
    broken.increment();
  }

  public ModelCounts counts() {
    return new ModelCounts(
        requests.sum(),
        answered.sum(),
        failed.sum(),
        broken.sum(),
        inputTokens.sum(),
        outputTokens.sum());
  }

  void countAnew() {
    for (LongAdder adder :
        new LongAdder[] {requests, answered, failed, broken, inputTokens, outputTokens}) {
      adder.reset();
    }
  }
}
