package io.warmgate.local.explain;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.Listener;
import io.warmgate.crd.v1alpha1.ListenerProtocol;
import io.warmgate.local.network.Published;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which gateway answers a URL.
 *
 * @param listener its listener, where the port on this machine tells it; null: the pods choose
 */
public record GatewayChoice(ApiGateway gateway, @Nullable String listener) {

  /** It cannot be told; the message is for the user. */
  public static final class NoneException extends Exception {
    private static final long serialVersionUID = 1;

    NoneException(String message) {
      super(message);
    }
  }

  /**
   * @param host of the request: the URL's, or its {@code Host} field's
   * @param named {@code namespace/name} or a name, by the user; null: it is to be found
   * @param published ports on 127.0.0.1; empty in a real cluster
   */
  public static GatewayChoice of(
      URI url, String host, @Nullable String named, Resources resources, List<Published> published)
      throws NoneException {
    if (resources.gateways().isEmpty()) {
      throw new NoneException(
          "there is no ApiGateway; samples/quickstart has one: ./warmgate up -f"
              + " samples/quickstart");
    }
    Optional<GatewayChoice> local = local(url, resources.gateways(), published);
    if (named != null) {
      ApiGateway gateway = named(named, resources.gateways());
      return local
          .filter(found -> found.name().equals(name(gateway)))
          .orElse(new GatewayChoice(gateway, null));
    }
    return local.isPresent()
        ? local.get()
        : new GatewayChoice(fitting(url, host.toLowerCase(Locale.ROOT), resources), null);
  }

  /** What is looked at. */
  public record Resources(List<ApiGateway> gateways, List<ApiRoute> routes) {
    public Resources {
      gateways = List.copyOf(gateways);
      routes = List.copyOf(routes);
    }
  }

  /** {@code namespace/name}. */
  public String name() {
    return name(gateway);
  }

  /** Whether the route is one of the gateway's. */
  public boolean has(ApiRoute route) {
    return isOf(route, gateway);
  }

  private static Optional<GatewayChoice> local(
      URI url, List<ApiGateway> gateways, List<Published> published) {
    // Null for names that a URI may not have, as those with an underscore.
    String host = url.getHost();
    boolean here = "127.0.0.1".equals(host) || "localhost".equals(host);
    return !here
        ? Optional.empty()
        : published.stream()
            .filter(port -> port.localPort() == port(url))
            .findFirst()
            .flatMap(port -> of(port, gateways));
  }

  private static Optional<GatewayChoice> of(Published port, List<ApiGateway> gateways) {
    return gateways.stream()
        .filter(gateway -> name(gateway).equals(port.namespace() + "/" + port.gateway()))
        .findFirst()
        .map(
            gateway ->
                new GatewayChoice(
                    gateway,
                    gateway.getSpec().listeners().stream()
                        .filter(listener -> listener.port() == port.port())
                        .map(Listener::name)
                        .findFirst()
                        .orElse(null)));
  }

  private static ApiGateway named(String named, List<ApiGateway> gateways) throws NoneException {
    List<ApiGateway> found =
        gateways.stream()
            .filter(
                gateway ->
                    named.contains("/")
                        ? name(gateway).equals(named)
                        : gateway.getMetadata().getName().equals(named))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new NoneException(
        found.isEmpty()
            ? "there is no ApiGateway " + named + "; there are " + names(gateways)
            : "several ApiGateways are called " + named + ": " + names(found));
  }

  private static ApiGateway fitting(URI url, String host, Resources resources)
      throws NoneException {
    int best = 0;
    List<ApiGateway> found = resources.gateways();
    for (ApiGateway gateway : resources.gateways()) {
      int fits = fitness(url, host, gateway, resources.routes());
      if (fits > best) {
        best = fits;
        found = List.of(gateway);
      } else if (fits == best && best > 0) {
        found = Stream.concat(found.stream(), Stream.of(gateway)).toList();
      }
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new NoneException(
        "several ApiGateways could answer it; name one with --gateway: " + names(found));
  }

  /** A route that names the host says most; a listener of the scheme and port says something. */
  private static int fitness(URI url, String host, ApiGateway gateway, List<ApiRoute> routes) {
    List<Listener> open =
        gateway.getSpec().listeners().stream()
            .filter(listener -> listener.hostname() == null || takes(listener.hostname(), host))
            .toList();
    if (open.isEmpty()) {
      return 0;
    }
    boolean routed =
        routes.stream()
            .filter(route -> isOf(route, gateway))
            .flatMap(route -> route.getSpec().hostnames().stream())
            .anyMatch(hostname -> takes(hostname, host));
    ListenerProtocol protocol =
        "https".equalsIgnoreCase(url.getScheme()) ? ListenerProtocol.HTTPS : ListenerProtocol.HTTP;
    int listening =
        open.stream()
            .mapToInt(
                listener ->
                    (listener.hostname() == null ? 0 : 4)
                        + (listener.protocol() == protocol ? 1 : 0)
                        + (listener.port() == port(url) ? 2 : 0))
            .max()
            .orElse(0);
    return (routed ? 8 : 0) + listening;
  }

  private static boolean isOf(ApiRoute route, ApiGateway gateway) {
    return route.getMetadata().getNamespace().equals(gateway.getMetadata().getNamespace())
        && route.getSpec().parentRefs().stream()
            .anyMatch(parent -> parent.name().equals(gateway.getMetadata().getName()));
  }

  static boolean takes(String hostname, String host) {
    return hostname.startsWith("*.")
        ? host.endsWith(hostname.substring(1)) && host.length() > hostname.length() - 1
        : hostname.equals(host);
  }

  private static int port(URI url) {
    String authority = String.valueOf(url.getRawAuthority());
    String port = authority.substring(authority.lastIndexOf(':') + 1);
    if (port.length() < authority.length() && port.matches("[0-9]{1,5}")) {
      return Integer.parseInt(port);
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }

  private static String names(List<ApiGateway> gateways) {
    return gateways.stream().map(GatewayChoice::name).sorted().collect(Collectors.joining(", "));
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }
}
