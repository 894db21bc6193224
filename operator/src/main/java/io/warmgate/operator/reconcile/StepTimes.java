package io.warmgate.operator.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** How long the steps of gateways' reconciles take: {@code warmgate_operator_step_seconds}. */
public final class StepTimes {
  /** In the order in which they are taken. */
  enum Step {
    IDENTIFY,
    GATHER,
    TRANSLATE,
    MINT,
    PUSH,
    APPLY,
    REPORT,
    ACKNOWLEDGE
  }

  private final Map<Step, Timer> timers = new EnumMap<>(Step.class);

  public StepTimes(MeterRegistry metrics) {
    for (Step step : Step.values()) {
      timers.put(
          step,
          Timer.builder("warmgate.operator.step")
              .description("Steps of gateways' reconciles")
              .tag("step", step.name().toLowerCase(Locale.ROOT))
              .register(metrics));
    }
  }

  <T> T take(Step step, Supplier<T> work) {
    return Objects.requireNonNull(timers.get(step)).record(work);
  }

  void take(Step step, Runnable work) {
    Objects.requireNonNull(timers.get(step)).record(work);
  }
}
