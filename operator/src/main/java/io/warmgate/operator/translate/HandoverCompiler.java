package io.warmgate.operator.translate;

import io.warmgate.config.Handover;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.Rollout;
import io.warmgate.operator.rollout.RolloutSettings;
import io.warmgate.operator.rollout.Sides;
import org.jspecify.annotations.Nullable;

/** How a gateway's new pods take over from those before. */
public final class HandoverCompiler {
  private HandoverCompiler() {}

  /** What the gateway says of its rollouts, or the defaults where that cannot be used. */
  public static RolloutSettings settings(ApiGateway gateway) {
    return RolloutCompiler.pods(gateway.getSpec().rollout()).settings();
  }

  /**
   * @param sides null, or with one side: nothing is handed over
   */
  static @Nullable Handover compile(ApiGateway gateway, @Nullable Sides sides) {
    if (sides == null || sides.other() == null) {
      return null;
    }
    Rollout rollout = gateway.getSpec().rollout();
    RolloutCompiler.Plan plan = RolloutCompiler.pods(rollout);
    return new Handover(
        sides.first(), sides.other(), sides.percent(), plan.hashOn(), plan.headers());
  }
}
