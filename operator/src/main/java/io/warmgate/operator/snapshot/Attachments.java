package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import java.util.List;

/**
 * What users attached to a gateway: oldest first, and by name where two are of the same second, so
 * that the first of any two is the one that wins (GEP-713, "Conflict Resolution").
 *
 * @param routes whose {@code parentRefs} name the gateway
 * @param policies that name the gateway or one of those routes
 * @param invalidations whose {@code gatewayRef} names the gateway
 * @param warmups whose {@code gatewayRef} names the gateway
 * @param consumers whose {@code gatewayRef} names the gateway
 * @param models that those routes name
 */
public record Attachments(
    List<ApiRoute> routes,
    List<AttachedPolicy> policies,
    List<CacheInvalidation> invalidations,
    List<CacheWarmup> warmups,
    List<ApiConsumer> consumers,
    List<AttachedModel> models) {
  public Attachments {
    routes = Seniority.sorted(routes, route -> route);
    policies = Seniority.sorted(policies, AttachedPolicy::policy);
    invalidations = Seniority.sorted(invalidations, invalidation -> invalidation);
    warmups = Seniority.sorted(warmups, warmup -> warmup);
    consumers = Seniority.sorted(consumers, consumer -> consumer);
    models = Seniority.sorted(models, AttachedModel::model);
  }

  /** Without models. */
  public Attachments(
      List<ApiRoute> routes,
      List<AttachedPolicy> policies,
      List<CacheInvalidation> invalidations,
      List<CacheWarmup> warmups,
      List<ApiConsumer> consumers) {
    this(routes, policies, invalidations, warmups, consumers, List.of());
  }

  /** Without warm-ups, consumers and models. */
  public Attachments(
      List<ApiRoute> routes, List<AttachedPolicy> policies, List<CacheInvalidation> invalidations) {
    this(routes, policies, invalidations, List.of(), List.of(), List.of());
  }
}
