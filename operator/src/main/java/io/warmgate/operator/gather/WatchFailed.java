package io.warmgate.operator.gather;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** A kind that the operator cannot do without cannot be listed; the message says what to do. */
public final class WatchFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WatchFailed(String plural, String group, Throwable cause) {
    super(message(plural, group, cause), cause);
  }

  private static String message(String plural, String group, Throwable cause) {
    String name = group.isEmpty() ? plural : plural + "." + group;
    int code = cause instanceof KubernetesClientException refused ? refused.getCode() : 0;
    return switch (code) {
      case 404 ->
          name
              + " is not known to the API server: install Warmgate's CRDs first"
              + " (kubectl apply --server-side -f crds/manifests, or the Helm chart)";
      case 403 ->
          name
              + " may not be listed: grant the operator's ServiceAccount its Roles"
              + " (the Helm chart makes them). "
              + cause.getMessage();
      default -> name + " cannot be listed: " + cause;
    };
  }
}
