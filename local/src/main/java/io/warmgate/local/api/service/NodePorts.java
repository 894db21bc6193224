package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.util.Set;
import java.util.TreeSet;

/** The ports that Services of type NodePort and LoadBalancer have on every node. */
final class NodePorts {
  private static final int FIRST = 30_000;
  private static final int LAST = 32_767;

  private final Set<Integer> taken = new TreeSet<>();

  /** Gives every port of a Service's spec that has no node port its former one or a free one. */
  void assign(ObjectNode spec, JsonNode oldSpec) {
    for (ObjectNode port : Json.objects(spec.path("ports"))) {
      if (!port.hasNonNull("nodePort")) {
        int former =
            Json.objects(oldSpec.path("ports")).stream()
                .filter(old -> old.path("port").equals(port.path("port")))
                .mapToInt(old -> old.path("nodePort").asInt(0))
                .findFirst()
                .orElse(0);
        port.put("nodePort", former > 0 ? former : free(spec));
      }
    }
  }

  private int free(ObjectNode spec) {
    for (int port = FIRST; port <= LAST; port++) {
      if (!taken.contains(port) && !uses(spec, port)) {
        return port;
      }
    }
    throw new IllegalStateException("no node port is free");
  }

  private static boolean uses(ObjectNode spec, int nodePort) {
    return Json.objects(spec.path("ports")).stream()
        .anyMatch(port -> port.path("nodePort").asInt() == nodePort);
  }

  void keep(JsonNode spec) {
    Json.objects(spec.path("ports")).forEach(port -> keepOne(port.path("nodePort").asInt(0)));
  }

  private void keepOne(int port) {
    if (port > 0) {
      taken.add(port);
    }
  }

  void release(JsonNode spec) {
    Json.objects(spec.path("ports")).forEach(port -> taken.remove(port.path("nodePort").asInt(0)));
  }
}
