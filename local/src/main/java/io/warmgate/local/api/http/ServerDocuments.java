package io.warmgate.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.resource.Discovery;
import io.warmgate.local.api.resource.OpenApi;
import io.warmgate.local.api.resource.ResourceRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What the server says of itself: health, version, discovery, OpenAPI.
 *
 * @param address host and port
 */
record ServerDocuments(ResourceRegistry registry, String address) {
  /** The release whose built-in types are served. */
  private static final String KUBERNETES = "v1.37.2";

  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  void health(Exchange exchange) {
    exchange.send(200, "text/plain; charset=utf-8", "ok".getBytes(StandardCharsets.UTF_8));
  }

  void version(Exchange exchange) {
    ObjectNode version =
        Json.object()
            .put("major", "1")
            .put("minor", KUBERNETES.split("\\.", -1)[1])
            .put("gitVersion", KUBERNETES + "+warmgate")
            .put("gitCommit", "")
            .put("gitTreeState", "clean")
            .put("buildDate", "1970-01-01T00:00:00Z")
            .put("goVersion", "")
            .put("compiler", "")
            .put("platform", "linux/amd64");
    exchange.json(200, version);
  }

  private static boolean wantsAggregated(Exchange exchange) {
    String accept = exchange.request().headers().accept();
    return accept.contains("as=APIGroupDiscoveryList") && accept.contains("v=v2;");
  }

  private void discovery(Exchange exchange, ObjectNode plain, Map<String, List<String>> groups) {
    if (wantsAggregated(exchange)) {
      exchange.send(200, AGGREGATED, Json.bytes(new Discovery(registry).aggregated(groups)));
    } else {
      exchange.json(200, plain);
    }
  }

  void coreVersions(Exchange exchange) {
    discovery(exchange, new Discovery(registry).versions(address), Map.of("", List.of("v1")));
  }

  void groups(Exchange exchange) {
    discovery(exchange, new Discovery(registry).groups(), registry.groups());
  }

  void group(Exchange exchange, String name) {
    List<String> versions = registry.groups().get(name);
    if (versions == null) {
      throw ApiException.noSuchPath();
    }
    exchange.json(200, new Discovery(registry).groupDocument(name, versions));
  }

  void resources(Exchange exchange, String group, String version) {
    requireServed(group, version);
    exchange.json(200, new Discovery(registry).resources(group, version));
  }

  void openApiIndex(Exchange exchange) {
    exchange.json(200, new OpenApi(registry).index());
  }

  void openApi(Exchange exchange, String group, String version) {
    requireServed(group, version);
    exchange.json(200, new OpenApi(registry).document(group, version));
  }

  private void requireServed(String group, String version) {
    if (registry.of(group, version).isEmpty()) {
      throw ApiException.noSuchPath();
    }
  }
}
