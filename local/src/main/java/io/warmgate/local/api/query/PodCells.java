package io.warmgate.local.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;

/** What {@code kubectl get pods} says about one pod. */
final class PodCells {
  private PodCells() {}

  static String ready(JsonNode pod) {
    long ready =
        Json.objects(statuses(pod)).stream().filter(c -> c.path("ready").asBoolean()).count();
    return ready + "/" + pod.at("/spec/containers").size();
  }

  static String restarts(JsonNode pod) {
    long restarts =
        Json.objects(statuses(pod)).stream().mapToLong(c -> c.path("restartCount").asLong()).sum();
    return Long.toString(restarts);
  }

  private static JsonNode statuses(JsonNode pod) {
    return pod.at("/status/containerStatuses");
  }

  /** The phase, or the more telling reason of a container that does not run. */
  static String status(JsonNode pod) {
    if (Meta.of(pod).deleting()) {
      return "Terminating";
    }
    String reason = pod.at("/status/reason").asText("");
    String result = reason.isEmpty() ? pod.at("/status/phase").asText("Unknown") : reason;
    for (ObjectNode container : Json.objects(statuses(pod))) {
      JsonNode waiting = container.at("/state/waiting/reason");
      JsonNode terminated = container.at("/state/terminated");
      if (!waiting.asText("").isEmpty()) {
        return waiting.asText();
      } else if (!terminated.path("reason").asText("").isEmpty()) {
        result = terminated.path("reason").asText();
      } else if (terminated.isObject()) {
        result = "ExitCode:" + terminated.path("exitCode").asInt();
      }
    }
    return result;
  }
}
