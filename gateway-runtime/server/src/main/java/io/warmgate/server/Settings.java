package io.warmgate.server;

import io.warmgate.config.admin.AdminApi;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says. Who the pod is comes from the downward API; the {@code WARMGATE_}
 * variables but the gateway's uid change what a machine without Kubernetes needs changed.
 *
 * @param gatewayUid uid of the {@code ApiGateway}; revisions of another are refused
 * @param bindAddress what listeners and the admin API bind; {@code 0.0.0.0} where none is given
 * @param root prefix of the paths in {@link AdminApi}; empty outside local mode
 * @param hostsFile names that DNS does not know, in the form of {@code /etc/hosts}; null: none
 * @param allowLoopback whether upstreams may have loopback and link-local addresses
 * @param side name of the side of the gateway's pods that this one is of; null: there is one alone
 */
public record Settings(
    Pod pod,
    String gatewayUid,
    String bindAddress,
    Path root,
    @Nullable Path hostsFile,
    boolean allowLoopback,
    @Nullable String side) {

  /** The pod as Kubernetes knows it. */
  public record Pod(String name, String namespace, String uid, String ip) {}

  /**
   * @throws IllegalArgumentException where a variable is missing or wrong; names it
   */
  public static Settings of(Map<String, String> environment) {
    Pod pod =
        new Pod(
            required(environment, "POD_NAME"),
            required(environment, "POD_NAMESPACE"),
            required(environment, "POD_UID"),
            address("POD_IP", required(environment, "POD_IP")));
    String hosts = environment.getOrDefault("WARMGATE_HOSTS_FILE", "");
    return new Settings(
        pod,
        required(environment, "WARMGATE_GATEWAY_UID"),
        address(
            "WARMGATE_BIND_ADDRESS", environment.getOrDefault("WARMGATE_BIND_ADDRESS", "0.0.0.0")),
        Path.of(environment.getOrDefault("WARMGATE_ROOT", "")),
        hosts.isEmpty() ? null : Path.of(hosts),
        flag("WARMGATE_ALLOW_LOOPBACK", environment.getOrDefault("WARMGATE_ALLOW_LOOPBACK", "")),
        side(environment.getOrDefault(AdminApi.SIDE_ENV, "")));
  }

  /**
   * Where a folder of {@link AdminApi} is on this machine.
   *
   * @param directory absolute
   */
  public Path mounted(String directory) {
    String prefix = root.toString();
    return prefix.isEmpty() ? Path.of(directory) : Path.of(prefix + directory);
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing from the environment");
    }
    return value;
  }

  private static String address(String name, String value) {
    try {
      return InetAddress.ofLiteral(value).getHostAddress();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is '" + value + "', no IP address", e);
    }
  }

  private static @Nullable String side(String value) {
    if (!value.isEmpty() && !value.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
      throw new IllegalArgumentException(AdminApi.SIDE_ENV + " is '" + value + "', no label");
    }
    return value.isEmpty() ? null : value;
  }

  private static boolean flag(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false", "" -> false;
      default ->
          throw new IllegalArgumentException(
              name + " is '" + value + "', neither 'true' nor 'false'");
    };
  }
}
