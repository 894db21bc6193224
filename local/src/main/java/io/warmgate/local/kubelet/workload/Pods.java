package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.warmgate.local.kubelet.Kubelet;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What controllers ask of a pod. */
final class Pods {
  /** Who goes first when there are too many: not ready before ready, younger before older. */
  static final Comparator<Pod> DELETION_ORDER =
      Comparator.comparing(Pods::ready)
          .thenComparing(pod -> created(pod), Comparator.reverseOrder())
          .thenComparing(pod -> pod.getMetadata().getName());

  private Pods() {}

  static boolean terminating(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  static boolean ended(Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  /** Counts for a replica. */
  static boolean active(Pod pod) {
    return !terminating(pod) && !ended(pod);
  }

  static boolean ready(Pod pod) {
    return readyCondition(pod).isPresent();
  }

  /** Ready for at least so long. */
  static boolean available(Pod pod, @Nullable Integer minReadySeconds, Instant now) {
    int seconds = minReadySeconds == null ? 0 : minReadySeconds;
    return readyCondition(pod)
        .filter(
            condition ->
                seconds == 0
                    || !Instant.parse(condition.getLastTransitionTime())
                        .plus(Duration.ofSeconds(seconds))
                        .isAfter(now))
        .isPresent();
  }

  private static Optional<PodCondition> readyCondition(Pod pod) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    return pod.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals("Ready") && c.getStatus().equals("True"))
        .findFirst();
  }

  private static String created(Pod pod) {
    String created = pod.getMetadata().getCreationTimestamp();
    return created == null ? "" : created;
  }

  static String label(io.fabric8.kubernetes.api.model.HasMetadata object, String label) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(label, "");
  }

  /** A pod from a template, on this node. */
  static PodBuilder from(PodTemplateSpec template, String namespace, String name) {
    ObjectMeta meta = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(copy(meta.getLabels()))
        .withAnnotations(copy(meta.getAnnotations()))
        .endMetadata()
        .withNewSpecLike(template.getSpec())
        .withNodeName(Kubelet.NODE)
        .endSpec();
  }

  private static Map<String, String> copy(@Nullable Map<String, String> map) {
    return map == null ? new HashMap<>() : new HashMap<>(map);
  }
}
