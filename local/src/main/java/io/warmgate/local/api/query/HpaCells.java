package io.warmgate.local.api.query;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;

/** What {@code kubectl get hpa} says about the targets of one autoscaler. */
final class HpaCells {
  private HpaCells() {}

  /** Such as {@code cpu: 12%/80%}, one a resource metric. */
  static String targets(JsonNode autoscaler) {
    String text =
        Json.objects(autoscaler.at("/spec/metrics")).stream()
            .filter(m -> m.path("type").asText().equals("Resource"))
            .map(m -> target(autoscaler, m.path("resource")))
            .collect(joining(", "));
    return text.isEmpty() ? "<none>" : text;
  }

  private static String target(JsonNode autoscaler, JsonNode resource) {
    String name = resource.path("name").asText();
    String current = "<unknown>";
    for (ObjectNode metric : Json.objects(autoscaler.at("/status/currentMetrics"))) {
      JsonNode utilization = metric.at("/resource/current/averageUtilization");
      if (metric.at("/resource/name").asText().equals(name) && utilization.isNumber()) {
        current = utilization.asInt() + "%";
      }
    }
    JsonNode target = resource.path("target");
    String wanted =
        target.has("averageUtilization")
            ? target.path("averageUtilization").asInt() + "%"
            : target.path("averageValue").asText("<unknown>");
    return name + ": " + current + "/" + wanted;
  }
}
