package io.warmgate.operator.manifest;

import io.warmgate.crd.v1alpha1.ApiGatewaySpec;
import io.warmgate.crd.v1alpha1.Autoscaling;

/**
 * How many pods a gateway has. The HorizontalPodAutoscaler writes {@code spec.replicas} of the
 * ApiGateway by its scale subresource, so the Deployment gets that number in either case.
 */
final class Replicas {
  private Replicas() {}

  static int of(ApiGatewaySpec spec) {
    Autoscaling auto = spec.autoscaling();
    return auto == null
        ? spec.replicas()
        : Math.clamp(spec.replicas(), auto.min(), Math.max(auto.min(), auto.max()));
  }

  /** The fewest that there will be. */
  static int least(ApiGatewaySpec spec) {
    return spec.autoscaling() == null ? spec.replicas() : spec.autoscaling().min();
  }
}
