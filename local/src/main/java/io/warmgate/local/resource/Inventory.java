package io.warmgate.local.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user wants to see: all Warmgate resources, and the workloads that are not Warmgate's own.
 */
public final class Inventory {
  /** The operator's own namespace. */
  public static final String SYSTEM = "warmgate-system";

  private static final String GROUP = "warmgate.io";

  private final KubernetesClient client;

  public Inventory(KubernetesClient client) {
    this.client = client;
  }

  /** Reads them from the API server. */
  public List<GenericKubernetesResource> read() {
    var found = new ArrayList<GenericKubernetesResource>();
    for (CustomResourceDefinition definition :
        client.apiextensions().v1().customResourceDefinitions().list().getItems()) {
      if (definition.getSpec().getGroup().equals(GROUP)) {
        found.addAll(
            client
                .genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(definition))
                .inAnyNamespace()
                .list()
                .getItems());
      }
    }
    workloads(client.apps().deployments().inAnyNamespace().list().getItems(), found);
    workloads(client.apps().statefulSets().inAnyNamespace().list().getItems(), found);
    return found;
  }

  /** The operator's own Deployment. */
  public List<GenericKubernetesResource> operator() {
    return client.apps().deployments().inNamespace(SYSTEM).list().getItems().stream()
        .map(Inventory::generic)
        .toList();
  }

  private static void workloads(
      List<? extends HasMetadata> workloads, List<GenericKubernetesResource> into) {
    for (HasMetadata workload : workloads) {
      List<OwnerReference> owners = workload.getMetadata().getOwnerReferences();
      if (owners.isEmpty() && !workload.getMetadata().getNamespace().equals(SYSTEM)) {
        into.add(generic(workload));
      }
    }
  }

  private static GenericKubernetesResource generic(HasMetadata object) {
    return Serialization.unmarshal(Serialization.asJson(object), GenericKubernetesResource.class);
  }
}
