package io.warmgate.local.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.local.GatewayUrls;
import io.warmgate.local.StateFolder;
import io.warmgate.local.resource.Inventory;
import io.warmgate.local.resource.ResourceTable;
import java.io.IOException;
import java.util.List;

/** The table of resources and the URLs, as {@code up} and {@code status} print them. */
final class Report {
  private Report() {}

  static String of(KubernetesClient client, StateFolder state) throws IOException {
    List<GenericKubernetesResource> resources = new Inventory(client).read();
    var text = new StringBuilder(ResourceTable.of(resources));
    List<String> urls = new GatewayUrls(state.urls()).lines(resources);
    if (!urls.isEmpty()) {
      text.append("\nURLS\n");
      urls.forEach(url -> text.append(url).append('\n'));
    }
    return text.toString();
  }
}
