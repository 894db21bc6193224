package io.warmgate.local;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.warmgate.local.network.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the gateways' listeners are reached on this machine: a file that {@code status} reads. */
public final class GatewayUrls {
  private final Path file;

  public GatewayUrls(Path file) {
    this.file = file;
  }

  /** Writes the ports down. */
  void write(List<Published> published) throws IOException {
    Files.writeString(
        file,
        published.stream()
            .map(
                p -> "%s %s %d %d\n".formatted(p.namespace(), p.gateway(), p.port(), p.localPort()))
            .collect(Collectors.joining()));
  }

  /** The ports as they were written last; empty where none were. */
  public List<Published> read() throws IOException {
    var ports = new ArrayList<Published>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] part = line.split(" ");
        ports.add(
            new Published(part[0], part[1], Integer.parseInt(part[2]), Integer.parseInt(part[3])));
      }
    }
    return ports;
  }

  /** A line for each listener, and why where its port is another than the listener's. */
  public List<String> lines(List<GenericKubernetesResource> resources) throws IOException {
    var lines = new ArrayList<String>();
    for (Published published : read()) {
      int port = published.port();
      int local = published.localPort();
      String scheme = scheme(resources, published.namespace(), published.gateway(), port);
      String url = "%s://127.0.0.1:%d".formatted(scheme, local);
      String other =
          port == local
              ? ""
              : "   (port %d is taken or needs root on this machine)".formatted(port);
      lines.add("%s   %s%s".formatted(published.gateway(), url, other));
    }
    return lines;
  }

  private static String scheme(
      List<GenericKubernetesResource> resources, String namespace, String gateway, int port) {
    for (GenericKubernetesResource resource : resources) {
      if (resource.getKind().equals("ApiGateway")
          && resource.getMetadata().getName().equals(gateway)
          && namespace.equals(resource.getMetadata().getNamespace())
          && resource.get("spec", "listeners") instanceof List<?> listeners) {
        for (Object listener : listeners) {
          if (listener instanceof Map<?, ?> fields
              && fields.get("port") instanceof Number number
              && number.intValue() == port) {
            return "HTTPS".equals(fields.get("protocol")) ? "https" : "http";
          }
        }
      }
    }
    return "http";
  }
}
