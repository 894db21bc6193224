package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything a gateway's pods do, compiled by the operator from the user's resources: immutable,
 * and the same bytes for the same resources, so that a change of nothing mints no revision.
 *
 * @param gateway whose pods these are
 * @param listeners the ports that accept requests; never empty, names and ports unique
 * @param routes in order of precedence between equals: older first, then by namespace and name
 * @param backends what rules refer to by id; each is referred to at least once
 * @param cache where answers are kept
 * @param limits what a client may ask of a pod
 * @param telemetry what is logged and traced
 * @param handover the two sides of the pods, while there are two; null, and then not written: one
 * @param access whom the pods know; may be left out
 * @param models that shares of rules refer to by id; may be left out
 */
public record GatewayConfig(
    GatewayRef gateway,
    List<Listener> listeners,
    List<Route> routes,
    List<Backend> backends,
    CacheLayers cache,
    ClientLimits limits,
    Telemetry telemetry,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Handover handover,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Access.Unsaid.class)
        Access access,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Model> models) {

  /** The version of this shape. A runtime lists the formats it reads in {@code PodState}. */
  public static final int FORMAT = 1;

  public GatewayConfig {
    Check.present("gateway", gateway);
    listeners = Check.list("listeners", listeners);
    routes = Check.list("routes", routes);
    backends = Check.list("backends", backends);
    Check.present("cache", cache);
    Check.present("limits", limits);
    Check.present("telemetry", telemetry);
    access = access == null ? Access.NOBODY : access;
    models = models == null ? List.of() : Check.list("models", models);
    Check.unique("models", "id", models, Model::id);
    Check.unique("listeners", "name", listeners, Listener::name);
    Check.unique("listeners", "bindPort", listeners, Listener::bindPort);
    Check.unique("routes", "id", routes, Route::id);
    Check.unique("backends", "id", backends, Backend::id);
    checkReferences(listeners, routes, backends);
    checkModels(models, routes);
    checkIssuers(access, routes);
  }

  /** Without models. */
  public GatewayConfig(
      GatewayRef gateway,
      List<Listener> listeners,
      List<Route> routes,
      List<Backend> backends,
      CacheLayers cache,
      ClientLimits limits,
      Telemetry telemetry,
      @Nullable Handover handover,
      Access access) {
    this(
        gateway, listeners, routes, backends, cache, limits, telemetry, handover, access,
        List.of());
  }

  /** Where nobody is known. */
  public GatewayConfig(
      GatewayRef gateway,
      List<Listener> listeners,
      List<Route> routes,
      List<Backend> backends,
      CacheLayers cache,
      ClientLimits limits,
      Telemetry telemetry,
      @Nullable Handover handover) {
    this(gateway, listeners, routes, backends, cache, limits, telemetry, handover, Access.NOBODY);
  }

  /** For pods of one side. */
  public GatewayConfig(
      GatewayRef gateway,
      List<Listener> listeners,
      List<Route> routes,
      List<Backend> backends,
      CacheLayers cache,
      ClientLimits limits,
      Telemetry telemetry) {
    this(gateway, listeners, routes, backends, cache, limits, telemetry, null);
  }

  private static void checkReferences(
      List<Listener> listeners, List<Route> routes, List<Backend> backends) {
    Set<String> listenerNames = new HashSet<>();
    listeners.forEach(listener -> listenerNames.add(listener.name()));
    Set<String> backendIds = new HashSet<>();
    backends.forEach(backend -> backendIds.add(backend.id()));
    for (Route route : routes) {
      for (String listener : route.listeners()) {
        Check.that(
            listenerNames.contains(listener),
            "routes[" + route.id() + "].listeners",
            "names listener '" + listener + "', which does not exist");
      }
      for (Rule rule : route.allRules()) {
        for (BackendRef ref : rule.backends()) {
          Check.that(
              backendIds.contains(ref.backend()),
              "routes[" + route.id() + "].rules[" + rule.id() + "].backends",
              "names backend '" + ref.backend() + "', which does not exist");
        }
      }
    }
  }

  /** Whether something is counted. */
  public boolean hasLimits() {
    return routes.stream()
            .flatMap(route -> route.allRules().stream())
            .anyMatch(rule -> !rule.limits().isEmpty())
        || access.consumers().stream().anyMatch(consumer -> !consumer.limits().isEmpty());
  }

  /** What rules ask of their callers. */
  public List<AccessRule> accessRules() {
    return routes.stream()
        .flatMap(route -> route.allRules().stream())
        .map(Rule::access)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Whether some rule takes idempotency keys. */
  public boolean hasIdempotency() {
    return routes.stream()
        .flatMap(route -> route.allRules().stream())
        .anyMatch(rule -> rule.idempotency() != null);
  }

  private static void checkModels(List<Model> models, List<Route> routes) {
    Set<String> ids = new HashSet<>();
    models.forEach(model -> ids.add(model.id()));
    for (Route route : routes) {
      for (Rule rule : route.allRules()) {
        for (BackendRef ref : rule.backends()) {
          Check.that(
              ref.model() == null || ids.contains(ref.model()),
              "routes[" + route.id() + "].rules[" + rule.id() + "].backends",
              "names model '" + ref.model() + "', which does not exist");
        }
      }
    }
  }

  private static void checkIssuers(Access access, List<Route> routes) {
    Set<String> names = new HashSet<>();
    access.issuers().forEach(issuer -> names.add(issuer.name()));
    for (Route route : routes) {
      for (Rule rule : route.allRules()) {
        AccessRule asked = rule.access();
        for (String name : asked == null ? List.<String>of() : asked.issuers()) {
          Check.that(
              names.contains(name),
              "routes[" + route.id() + "].rules[" + rule.id() + "].access.issuers",
              "names issuer '" + name + "', which does not exist");
        }
      }
    }
  }
}
