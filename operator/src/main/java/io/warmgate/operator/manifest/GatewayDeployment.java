package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiGatewaySpec;
import io.warmgate.crd.v1alpha1.PodTemplate;
import io.warmgate.operator.snapshot.Labels;
import io.warmgate.operator.snapshot.OperatorFacts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The pods of a gateway, of the template that is asked for now: one side of the two that stand
 * beside each other while one takes over from the other.
 *
 * <p>Nothing of the compiled configuration is in the template, listeners included: a configuration
 * is pushed, and only what a running process cannot take restarts it.
 */
final class GatewayDeployment {
  /** The user of the runtime's image. */
  private static final long USER = 65_532;

  private static final String CONTAINER = "gateway";
  private static final String ADMIN_PORT = "admin";
  private static final String HANDOVER_PORT = "handover";
  private static final int GRACE_SECONDS = 60;

  private final Meta meta;
  private final ApiGateway gateway;
  private final ApiGatewaySpec spec;
  private final OperatorFacts facts;

  GatewayDeployment(ApiGateway gateway, OperatorFacts facts) {
    this.meta = Meta.ofGateway(gateway);
    this.gateway = gateway;
    this.spec = gateway.getSpec();
    this.facts = facts;
  }

  /** The side's name: 8 hexadecimal digits, made of the whole template. */
  String side() {
    return TemplateName.of(template(Map.of(), List.of()));
  }

  Deployment build() {
    String side = side();
    Map<String, String> sideLabel = Map.of(Labels.SIDE, side);
    EnvVar sideVariable = new EnvVarBuilder().withName(AdminApi.SIDE_ENV).withValue(side).build();
    ObjectMeta metadata = meta.named(GatewayNames.side(meta.ownerName(), side));
    metadata.setLabels(over(metadata.getLabels(), sideLabel));
    return new DeploymentBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withReplicas(Replicas.of(spec))
        .withRevisionHistoryLimit(2)
        .withNewSelector()
        .withMatchLabels(over(meta.selector(), sideLabel))
        .endSelector()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withMaxSurge(new IntOrString("25%"))
        .withMaxUnavailable(new IntOrString(0))
        .endRollingUpdate()
        .endStrategy()
        .withTemplate(template(sideLabel, List.of(sideVariable)))
        .endSpec()
        .build();
  }

  private PodTemplateSpec template(Map<String, String> labels, List<EnvVar> variables) {
    PodTemplate template = spec.runtime().podTemplate();
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(over(over(template.labels(), meta.labels()), labels))
        .withAnnotations(template.annotations())
        .endMetadata()
        .withSpec(pod(template, variables))
        .build();
  }

  private static Map<String, String> over(Map<String, String> users, Map<String, String> ours) {
    Map<String, String> all = new TreeMap<>(users);
    all.putAll(ours);
    return all;
  }

  private PodSpec pod(PodTemplate template, List<EnvVar> variables) {
    return new PodSpecBuilder()
        .withServiceAccountName(meta.ownerName())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds((long) GRACE_SECONDS)
        .withSecurityContext(Hardening.pod(USER))
        .withNodeSelector(template.nodeSelector())
        .withTolerations(template.tolerations())
        .withAffinity(template.affinity())
        .withTopologySpreadConstraints(spread(template))
        .withPriorityClassName(template.priorityClassName())
        .withImagePullSecrets(template.imagePullSecrets())
        .withContainers(container(variables))
        .withVolumes(GatewayVolumes.volumes(meta.ownerName()))
        .build();
  }

  private List<TopologySpreadConstraint> spread(PodTemplate template) {
    if (!template.topologySpreadConstraints().isEmpty()) {
      return template.topologySpreadConstraints();
    }
    return List.of(
        new TopologySpreadConstraintBuilder()
            .withMaxSkew(1)
            .withTopologyKey("kubernetes.io/hostname")
            .withWhenUnsatisfiable("ScheduleAnyway")
            .withNewLabelSelector()
            .withMatchLabels(meta.selector())
            .endLabelSelector()
            .build());
  }

  private Container container(List<EnvVar> variables) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(Objects.requireNonNullElse(spec.runtime().image(), facts.runtimeImage()))
        .withEnv(environment())
        .addAllToEnv(variables)
        .addNewPort()
        .withName(ADMIN_PORT)
        .withContainerPort(AdminApi.PORT)
        .withProtocol("TCP")
        .endPort()
        .addNewPort()
        .withName(HANDOVER_PORT)
        .withContainerPort(AdminApi.HANDOVER_PORT)
        .withProtocol("TCP")
        .endPort()
        .withResources(
            spec.runtime().resources() == null
                ? Memory.forGateway(Memory.bytes(spec.cache().local().maxMemory()))
                : spec.runtime().resources())
        .withSecurityContext(Hardening.container())
        .withVolumeMounts(GatewayVolumes.mounts())
        .withStartupProbe(probe(AdminApi.LIVEZ, 1, 60))
        .withLivenessProbe(probe(AdminApi.LIVEZ, 10, 3))
        .withReadinessProbe(probe(AdminApi.READYZ, 1, 2))
        .build();
  }

  private List<EnvVar> environment() {
    return List.of(
        downward("POD_NAME", "metadata.name"),
        downward("POD_NAMESPACE", "metadata.namespace"),
        downward("POD_UID", "metadata.uid"),
        downward("POD_IP", "status.podIP"),
        new EnvVarBuilder()
            .withName("WARMGATE_GATEWAY_UID")
            .withValue(gateway.getMetadata().getUid())
            .build());
  }

  private static EnvVar downward(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withApiVersion("v1")
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  private static Probe probe(String path, int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withPort(new IntOrString(ADMIN_PORT))
        .withScheme("HTTPS")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(2)
        .withFailureThreshold(failures)
        .build();
  }
}
