package io.warmgate.local.api.service;

import io.warmgate.local.api.ServiceAddresses;
import io.warmgate.local.api.resource.ResourceRegistry;
import io.warmgate.local.api.store.ResourceId;
import java.util.Map;

/** Which kind has which rules. */
final class Rules {
  private final Map<ResourceId, KindRules> rules;

  Rules(ResourceRegistry registry, ServiceAddresses addresses) {
    this.rules =
        Map.ofEntries(
            Map.entry(new ResourceId("", "pods"), new PodRules()),
            Map.entry(new ResourceId("", "services"), new ServiceRules(addresses)),
            Map.entry(new ResourceId("", "secrets"), new SimpleRules.OfSecret()),
            Map.entry(new ResourceId("", "configmaps"), new SimpleRules.OfConfigMap()),
            Map.entry(new ResourceId("", "namespaces"), new SimpleRules.OfNamespace()),
            Map.entry(new ResourceId("apps", "deployments"), new WorkloadRules("deployment")),
            Map.entry(new ResourceId("apps", "replicasets"), new WorkloadRules("replicaset")),
            Map.entry(new ResourceId("apps", "statefulsets"), new WorkloadRules("statefulset")),
            Map.entry(
                new ResourceId("apps", "controllerrevisions"),
                new SimpleRules.OfControllerRevision()),
            Map.entry(
                new ResourceId("policy", "poddisruptionbudgets"),
                new SimpleRules.OfDisruptionBudget()),
            Map.entry(
                new ResourceId("networking.k8s.io", "networkpolicies"),
                new SimpleRules.OfNetworkPolicy()),
            Map.entry(
                new ResourceId("autoscaling", "horizontalpodautoscalers"),
                new SimpleRules.OfAutoscaler()),
            Map.entry(
                new ResourceId("apiextensions.k8s.io", "customresourcedefinitions"),
                new CustomResourceDefinitionRules(registry)));
  }

  KindRules of(ResourceId resource) {
    return rules.getOrDefault(resource, KindRules.NONE);
  }
}
