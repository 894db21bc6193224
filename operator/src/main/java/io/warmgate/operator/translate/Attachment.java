package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.Listener;
import io.warmgate.crd.v1alpha1.ParentRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a route is served (Gateway API, HTTPRoute {@code parentRefs} and {@code hostnames}).
 *
 * @param listeners names, as the gateway lists them; never empty
 * @param hostnames those of the route's that some of the listeners take; empty: all of the
 *     listeners'
 */
record Attachment(List<String> listeners, List<String> hostnames) {

  /**
   * @throws Detached where no listener is there for it
   */
  static Attachment of(ApiRoute route, ApiGateway gateway) throws Detached {
    List<Listener> named = named(route.getSpec().parentRefs(), gateway);
    List<String> wanted =
        route.getSpec().hostnames().stream().map(Hostnames::canonical).distinct().toList();
    List<String> listeners = new ArrayList<>();
    Set<String> hostnames = new LinkedHashSet<>();
    for (Listener listener : named) {
      List<String> taken = wanted.stream().filter(host -> takes(listener, host)).toList();
      if (wanted.isEmpty() || !taken.isEmpty()) {
        listeners.add(listener.name());
        hostnames.addAll(taken);
      }
    }
    if (listeners.isEmpty()) {
      throw new Detached(
          ConditionReason.NO_MATCHING_LISTENER_HOSTNAME,
          "spec.hostnames: none of %s is a host of %s"
              .formatted(wanted, named.stream().map(Attachment::described).toList()));
    }
    return new Attachment(listeners, wanted.stream().filter(hostnames::contains).toList());
  }

  private static List<Listener> named(List<ParentRef> parents, ApiGateway gateway) throws Detached {
    List<Listener> all = gateway.getSpec().listeners();
    String name = gateway.getMetadata().getName();
    for (ParentRef parent : parents) {
      if (parent.name().equals(name)) {
        String section = parent.sectionName();
        List<Listener> named =
            all.stream().filter(any -> section == null || any.name().equals(section)).toList();
        if (named.isEmpty()) {
          throw new Detached(
              ConditionReason.NO_MATCHING_PARENT,
              "spec.parentRefs[0].sectionName: ApiGateway '%s' has no listener '%s'; it has %s"
                  .formatted(name, section, all.stream().map(Listener::name).toList()));
        }
        return named;
      }
    }
    throw new Detached(
        ConditionReason.NO_MATCHING_PARENT,
        "spec.parentRefs: do not name ApiGateway '" + name + "'");
  }

  private static boolean takes(Listener listener, String host) {
    String of = listener.hostname();
    return of == null || Hostnames.intersection(Hostnames.canonical(of), host).isPresent();
  }

  private static String described(Listener listener) {
    return "listener '%s' (%s)".formatted(listener.name(), listener.hostname());
  }

  /** A route that no listener is there for. */
  static final class Detached extends Exception {
    private static final long serialVersionUID = 1L;

    private final ConditionReason reason;

    Detached(ConditionReason reason, String message) {
      super(message, null, false, false);
      this.reason = reason;
    }

    Finding in(ObjectKey object) {
      return new Finding(object, ConditionType.ACCEPTED, reason, String.valueOf(getMessage()));
    }
  }
}
