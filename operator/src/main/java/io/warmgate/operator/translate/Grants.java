package io.warmgate.operator.translate;

import io.warmgate.config.Consumer;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.Approval;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.GrantState;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.crd.v1alpha1.RouteApproval;
import io.warmgate.crd.v1alpha1.RouteGrant;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which routes a consumer may call: of those that it asks for what somebody approved, and what
 * nobody has to. What was decided counts, whether it had to be or not.
 */
final class Grants {
  private final Map<String, RouteApproval> asked;
  private final Findings findings;

  private Grants(Map<String, RouteApproval> asked, Findings findings) {
    this.asked = asked;
    this.findings = findings;
  }

  static Grants of(Snapshot snapshot, Findings findings) {
    Map<String, RouteApproval> asked = new HashMap<>();
    for (ApiRoute route : snapshot.attachments().routes()) {
      asked.put(route.getMetadata().getName(), approval(route));
    }
    return new Grants(asked, findings);
  }

  /** One rule that asks for it is enough: a grant is of the whole route. */
  private static RouteApproval approval(ApiRoute route) {
    return route.getSpec().rules().stream()
            .anyMatch(
                rule -> rule.auth() != null && rule.auth().approval() == RouteApproval.REQUIRED)
        ? RouteApproval.REQUIRED
        : RouteApproval.NONE;
  }

  List<RouteGrant> of(ApiConsumer consumer) {
    List<RouteGrant> grants = new ArrayList<>();
    List<NameRef> routes = consumer.getSpec().routes();
    for (int i = 0; i < routes.size(); i++) {
      String route = routes.get(i).name();
      RouteApproval approval = asked.get(route);
      if (approval == null) {
        findings.add(
            ObjectKey.of(consumer),
            ConditionType.RESOLVED_REFS,
            ConditionReason.ROUTE_NOT_FOUND,
            "spec.routes[%d]: there is no ApiRoute '%s' of ApiGateway '%s'"
                .formatted(i, route, consumer.getSpec().gatewayRef().name()));
        grants.add(
            new RouteGrant(route, GrantState.PENDING, "The gateway has no route of this name"));
      } else {
        grants.add(decided(route, approval, consumer));
      }
    }
    return grants;
  }

  private static RouteGrant decided(String route, RouteApproval needed, ApiConsumer consumer) {
    for (Approval approval : consumer.getSpec().approvals()) {
      if (approval.route().equals(route)) {
        GrantState state =
            switch (approval.state()) {
              case APPROVED -> GrantState.GRANTED;
              case REJECTED -> GrantState.REJECTED;
              case REVOKED -> GrantState.REVOKED;
            };
        return new RouteGrant(route, state, approval.reason());
      }
    }
    return switch (needed) {
      case NONE -> new RouteGrant(route, GrantState.GRANTED, "The route needs no approval");
      case REQUIRED ->
          new RouteGrant(
              route,
              GrantState.PENDING,
              "Somebody with the verb approve on apiconsumers%s has to decide"
                  .formatted(where(consumer)));
    };
  }

  private static String where(ApiConsumer consumer) {
    String own = consumer.getMetadata().getNamespace();
    String gateways = consumer.getSpec().gatewayRef().namespaceFor(own);
    return gateways.equals(own) ? "" : " in namespace '" + gateways + "'";
  }

  /** As pods have them. */
  static List<Consumer.Grant> compiled(String namespace, List<RouteGrant> routes) {
    return routes.stream()
        .map(
            grant ->
                new Consumer.Grant(
                    namespace + "/" + grant.name(),
                    switch (grant.state()) {
                      case GRANTED -> Consumer.Grant.State.GRANTED;
                      case PENDING -> Consumer.Grant.State.PENDING;
                      case REJECTED -> Consumer.Grant.State.REJECTED;
                      case REVOKED -> Consumer.Grant.State.REVOKED;
                    }))
        .toList();
  }
}
