package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.ApiGatewayStatus;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.CachePolicyStatus;
import java.util.List;

/**
 * What one gateway's users read next: of the gateway, its routes and its policies. Invalidations
 * are {@link InvalidationStep}'s, a RedisCache is {@link RedisReport}'s.
 *
 * @param notices Events, for conditions that became others
 */
public record StatusReport(
    ObjectStatus<ApiGatewayStatus> gateway,
    List<ObjectStatus<ApiRouteStatus>> routes,
    List<ObjectStatus<CachePolicyStatus>> policies,
    List<Notice> notices) {
  public StatusReport {
    routes = List.copyOf(routes);
    policies = List.copyOf(policies);
    notices = List.copyOf(notices);
  }
}
