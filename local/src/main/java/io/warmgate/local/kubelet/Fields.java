package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The downward API: a pod's own fields as text. */
final class Fields {
  private Fields() {}

  /** The value at a {@code fieldPath}. */
  static String of(Pod pod, String ip, String path) throws NotYet {
    var meta = pod.getMetadata();
    return switch (path) {
      case "metadata.name" -> meta.getName();
      case "metadata.namespace" -> meta.getNamespace();
      case "metadata.uid" -> meta.getUid();
      case "metadata.labels" -> lines(meta.getLabels());
      case "metadata.annotations" -> lines(meta.getAnnotations());
      case "spec.nodeName" -> Kubelet.NODE;
      case "spec.serviceAccountName" -> orEmpty(pod.getSpec().getServiceAccountName());
      case "status.podIP", "status.podIPs" -> ip;
      case "status.hostIP", "status.hostIPs" -> Kubelet.NODE_ADDRESS;
      default -> entry(pod, path);
    };
  }

  private static String entry(Pod pod, String path) throws NotYet {
    var meta = pod.getMetadata();
    for (var named :
        Map.of("metadata.labels", meta.getLabels(), "metadata.annotations", meta.getAnnotations())
            .entrySet()) {
      String prefix = named.getKey() + "['";
      if (path.startsWith(prefix) && path.endsWith("']")) {
        return orEmpty(named.getValue().get(path.substring(prefix.length(), path.length() - 2)));
      }
    }
    throw new NotYet("CreateContainerConfigError", "fieldPath \"" + path + "\" is not supported");
  }

  /** The value of a {@code resourceFieldRef}; an absent limit is the machine's size. */
  static String of(Container container, ResourceFieldSelector selector) throws NotYet {
    var resources = container.getResources();
    String[] path = selector.getResource().split("\\.", 2);
    @Nullable Map<String, Quantity> values =
        resources == null
            ? null
            : switch (path[0]) {
              case "limits" -> resources.getLimits();
              case "requests" -> resources.getRequests();
              default -> null;
            };
    Quantity quantity = values == null || path.length < 2 ? null : values.get(path[1]);
    BigDecimal amount;
    if (quantity != null) {
      amount = quantity.getNumericalAmount();
    } else if (selector.getResource().endsWith(".cpu")) {
      amount = BigDecimal.valueOf(Runtime.getRuntime().availableProcessors());
    } else if (selector.getResource().endsWith(".memory")) {
      amount = BigDecimal.valueOf(Kubelet.machineMemory());
    } else {
      throw new NotYet(
          "CreateContainerConfigError", "resource \"" + selector.getResource() + "\" is not set");
    }
    Quantity divisor = selector.getDivisor();
    BigDecimal by = divisor == null ? BigDecimal.ONE : divisor.getNumericalAmount();
    return amount
        .divide(by.signum() == 0 ? BigDecimal.ONE : by, 0, RoundingMode.CEILING)
        .toPlainString();
  }

  private static String lines(@Nullable Map<String, String> map) {
    return map == null
        ? ""
        : map.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"")
            .collect(Collectors.joining("\n"));
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
