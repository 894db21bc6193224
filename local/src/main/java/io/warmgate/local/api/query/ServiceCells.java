package io.warmgate.local.api.query;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.util.ArrayList;
import java.util.List;

/** What {@code kubectl get} says about Services and Endpoints. */
final class ServiceCells {
  private ServiceCells() {}

  static String external(JsonNode service) {
    List<String> addresses = new ArrayList<>(Json.strings(service.at("/spec/externalIPs")));
    for (ObjectNode ingress : Json.objects(service.at("/status/loadBalancer/ingress"))) {
      addresses.add(ingress.path("ip").asText(ingress.path("hostname").asText("")));
    }
    String type = service.at("/spec/type").asText();
    if (type.equals("ExternalName")) {
      return service.at("/spec/externalName").asText();
    } else if (addresses.isEmpty()) {
      return type.equals("LoadBalancer") ? "<pending>" : "<none>";
    }
    return String.join(",", addresses);
  }

  static String ports(JsonNode service) {
    String text =
        Json.objects(service.at("/spec/ports")).stream()
            .map(ServiceCells::port)
            .collect(joining(","));
    return text.isEmpty() ? "<none>" : text;
  }

  private static String port(JsonNode port) {
    String node = port.has("nodePort") ? ":" + port.path("nodePort").asInt() : "";
    return port.path("port").asInt() + node + "/" + port.path("protocol").asText("TCP");
  }

  static String endpoints(JsonNode endpoints) {
    List<String> all = new ArrayList<>();
    for (ObjectNode subset : Json.objects(endpoints.path("subsets"))) {
      for (ObjectNode address : Json.objects(subset.path("addresses"))) {
        for (ObjectNode port : Json.objects(subset.path("ports"))) {
          all.add(address.path("ip").asText() + ":" + port.path("port").asInt());
        }
      }
    }
    if (all.isEmpty()) {
      return "<none>";
    }
    String more = all.size() > 3 ? " + " + (all.size() - 3) + " more..." : "";
    return String.join(",", all.subList(0, Math.min(3, all.size()))) + more;
  }
}
