package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.Autoscaling;
import io.warmgate.operator.snapshot.OperatorFacts;
import io.warmgate.operator.snapshot.PodSide;
import io.warmgate.operator.translate.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects that run a gateway. Those that carry its data are {@link GatewayData}'s.
 *
 * @param wanted to be applied, in this order
 * @param unwanted to be deleted where they exist and the gateway owns them: what it no longer asks
 *     for
 * @param scaled Deployments that stay as they are, but for the number of their pods
 */
public record GatewayManifests(
    List<HasMetadata> wanted, List<ObjectKey> unwanted, List<Scaled> scaled) {
  public GatewayManifests {
    wanted = List.copyOf(wanted);
    unwanted = List.copyOf(unwanted);
    scaled = List.copyOf(scaled);
  }

  /** A Deployment by its name, and how many pods it is to have. */
  public record Scaled(String deployment, int replicas) {}

  /** The name of the side whose pods are of the template that is asked for now. */
  public static String wantedSide(ApiGateway gateway, OperatorFacts facts) {
    return new GatewayDeployment(gateway, facts).side();
  }

  /** How many pods each side has. */
  public static int replicas(ApiGateway gateway) {
    return Replicas.of(gateway.getSpec());
  }

  /**
   * @param sides the Deployment of another than the wanted one stays as it is
   * @param there the sides that have a Deployment now
   */
  public static GatewayManifests of(
      ApiGateway gateway, OperatorFacts facts, PodSides sides, List<PodSide> there) {
    Meta meta = Meta.ofGateway(gateway);
    String name = meta.ownerName();
    GatewayNetwork network = new GatewayNetwork(gateway, facts);
    List<HasMetadata> wanted = new ArrayList<>();
    List<ObjectKey> unwanted = new ArrayList<>();
    wanted.add(
        new ServiceAccountBuilder()
            .withMetadata(meta.named(name))
            .withAutomountServiceAccountToken(false)
            .build());
    wanted.add(network.networkPolicy());
    wanted.add(network.service(sides.serving()));
    if (gateway.getSpec().admin().allowFrom().isEmpty()) {
      unwanted.add(new ObjectKey("Service", meta.namespace(), GatewayNames.admin(name)));
    } else {
      wanted.add(network.adminService());
    }
    GatewayDeployment deployment = new GatewayDeployment(gateway, facts);
    if (sides.kept().contains(deployment.side())) {
      wanted.add(deployment.build());
    }
    List<Scaled> scaled = new ArrayList<>();
    for (PodSide side : there) {
      String object = GatewayNames.side(name, side.name());
      if (!sides.kept().contains(side.name())) {
        unwanted.add(new ObjectKey("Deployment", meta.namespace(), object));
      } else if (!side.name().equals(deployment.side()) && side.desired() != replicas(gateway)) {
        scaled.add(new Scaled(object, replicas(gateway)));
      }
    }
    if (Replicas.least(gateway.getSpec()) > 1) {
      wanted.add(disruptionBudget(meta));
    } else {
      unwanted.add(new ObjectKey("PodDisruptionBudget", meta.namespace(), name));
    }
    Autoscaling autoscaling = gateway.getSpec().autoscaling();
    if (autoscaling != null) {
      wanted.add(autoscaler(meta, autoscaling));
    } else {
      unwanted.add(new ObjectKey("HorizontalPodAutoscaler", meta.namespace(), name));
    }
    return new GatewayManifests(wanted, unwanted, scaled);
  }

  /** One at a time, and none where there is only one: that would block every drain. */
  private static PodDisruptionBudget disruptionBudget(Meta meta) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(meta.named(meta.ownerName()))
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .withNewSelector()
        .withMatchLabels(meta.selector())
        .endSelector()
        .endSpec()
        .build();
  }

  /** Scales the ApiGateway, never its Deployment. */
  private static HorizontalPodAutoscaler autoscaler(Meta meta, Autoscaling autoscaling) {
    return new HorizontalPodAutoscalerBuilder()
        .withMetadata(meta.named(meta.ownerName()))
        .withNewSpec()
        .withNewScaleTargetRef()
        .withApiVersion(meta.owner().getApiVersion())
        .withKind(meta.owner().getKind())
        .withName(meta.ownerName())
        .endScaleTargetRef()
        .withMinReplicas(autoscaling.min())
        .withMaxReplicas(autoscaling.max())
        .addNewMetric()
        .withType("Resource")
        .withNewResource()
        .withName("cpu")
        .withNewTarget()
        .withType("Utilization")
        .withAverageUtilization(autoscaling.targetCpuPercent())
        .endTarget()
        .endResource()
        .endMetric()
        .endSpec()
        .build();
  }
}
