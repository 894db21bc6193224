package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.BackendRef;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A model that a route of this gateway names.
 *
 * @param elsewhere names of the other gateways whose routes name it
 */
public record AttachedModel(AiModelBackend model, NavigableSet<String> elsewhere) {

  /** Names of the models that a route names. */
  public static NavigableSet<String> named(ApiRoute route) {
    NavigableSet<String> names = new TreeSet<>();
    route.getSpec().rules().stream()
        .flatMap(rule -> rule.backendRefs().stream())
        .filter(BackendRef::asksModel)
        .map(BackendRef::name)
        .filter(Objects::nonNull)
        .forEach(names::add);
    return names;
  }
}
