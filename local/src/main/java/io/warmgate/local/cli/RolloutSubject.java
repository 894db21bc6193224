package io.warmgate.local.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import java.util.Locale;

/**
 * What is rolled out.
 *
 * @param word for people, as kubectl names the kind
 */
record RolloutSubject(Class<? extends HasMetadata> kind, String word, String name) {

  /**
   * @param text {@code KIND/NAME}; a bare name is a route's
   */
  static RolloutSubject parse(String text) throws Failure {
    int slash = text.indexOf('/');
    String kind = slash < 0 ? "ar" : text.substring(0, slash).toLowerCase(Locale.ROOT);
    String name = text.substring(slash + 1);
    if (name.isEmpty()) {
      throw new Failure("'%s' has no name: route/NAME or gateway/NAME".formatted(text));
    }
    return switch (kind) {
      case "ar", "route", "routes", "apiroute", "apiroutes", "apiroutes.warmgate.io" ->
          new RolloutSubject(ApiRoute.class, "apiroute", name);
      case "agw", "gateway", "gateways", "apigateway", "apigateways", "apigateways.warmgate.io" ->
          new RolloutSubject(ApiGateway.class, "apigateway", name);
      default ->
          throw new Failure(
              "rollouts are of routes and of gateways' pods: route/NAME or gateway/NAME, not "
                  + text);
    };
  }

  @Override
  public String toString() {
    return word + "/" + name;
  }
}
