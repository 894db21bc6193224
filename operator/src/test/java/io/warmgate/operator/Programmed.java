package io.warmgate.operator;

import io.warmgate.crd.v1alpha1.ApiRoute;

/** Whether a route's status says that its present generation is served everywhere. */
final class Programmed {
  private Programmed() {}

  static boolean is(ApiRoute route) {
    return route.getStatus() != null
        && route.getStatus().conditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Programmed")
                        && condition.getStatus().equals("True")
                        && condition
                            .getObservedGeneration()
                            .equals(route.getMetadata().getGeneration()));
  }
}
