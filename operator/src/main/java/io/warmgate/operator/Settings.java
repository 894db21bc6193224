package io.warmgate.operator;

import io.warmgate.operator.check.AddressRule;
import io.warmgate.operator.check.HostNames;
import io.warmgate.operator.gather.WatchedNamespaces;
import io.warmgate.operator.reconcile.Installation;
import io.warmgate.operator.snapshot.ModelCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the operator's environment says.
 *
 * @param namespaces {@code WARMGATE_NAMESPACES}: a comma-separated list; empty is all
 * @param installation {@code WARMGATE_RUNTIME_IMAGE}, {@code WARMGATE_REDIS_IMAGE}; {@code
 *     POD_NAMESPACE} and {@code POD_SERVICE_ACCOUNT}: where and as whom the operator runs; {@code
 *     WARMGATE_MODELS_FILE}: a list of models that goes before the operator's own
 * @param podName {@code POD_NAME}: its identity among its replicas
 * @param election {@code WARMGATE_LEADER_ELECTION}: {@code false} for a run without replicas
 * @param healthPort {@code WARMGATE_HEALTH_PORT}: of {@code /livez}, {@code /readyz}, {@code
 *     /metrics}; 0: any free one
 * @param bindAddress {@code WARMGATE_BIND_ADDRESS}: where that port is; all addresses if absent
 * @param names {@code WARMGATE_HOSTS_FILE}: names of checks that DNS does not know
 * @param checkable {@code WARMGATE_ALLOW_LOOPBACK}: {@code true} where checks may be on loopback or
 *     link-local addresses
 */
public record Settings(
    WatchedNamespaces namespaces,
    Installation installation,
    String podName,
    Election election,
    int healthPort,
    String bindAddress,
    HostNames names,
    AddressRule checkable) {

  /** Whether replicas take turns. */
  public enum Election {
    BY_LEASE,
    NONE
  }

  /**
   * @throws IllegalArgumentException naming the variable that cannot be read
   */
  public static Settings of(Map<String, String> environment) {
    String hosts = environment.getOrDefault("WARMGATE_HOSTS_FILE", "");
    String namespace = environment.getOrDefault("POD_NAMESPACE", "default");
    return new Settings(
        WatchedNamespaces.parse(environment.getOrDefault("WARMGATE_NAMESPACES", "")),
        new Installation(
            environment.getOrDefault("WARMGATE_RUNTIME_IMAGE", "warmgate/gateway:latest"),
            environment.getOrDefault("WARMGATE_REDIS_IMAGE", "valkey/valkey:8-alpine"),
            namespace,
            environment.getOrDefault("POD_SERVICE_ACCOUNT", "warmgate-operator"),
            models(environment.getOrDefault("WARMGATE_MODELS_FILE", ""))),
        environment.getOrDefault("POD_NAME", "warmgate-operator"),
        election(environment.getOrDefault("WARMGATE_LEADER_ELECTION", "true")),
        port(environment.getOrDefault("WARMGATE_HEALTH_PORT", "8080")),
        environment.getOrDefault("WARMGATE_BIND_ADDRESS", "0.0.0.0"),
        new HostNames(hosts.isEmpty() ? null : Path.of(hosts)),
        checkable(environment.getOrDefault("WARMGATE_ALLOW_LOOPBACK", "")));
  }

  private static ModelCatalogue models(String file) {
    ModelCatalogue shipped = ModelCatalogue.shipped();
    if (file.isEmpty()) {
      return shipped;
    }
    try (InputStream yaml = Files.newInputStream(Path.of(file))) {
      return shipped.behind(yaml);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("WARMGATE_MODELS_FILE, '%s': %s".formatted(file, e), e);
    }
  }

  private static AddressRule checkable(String value) {
    return switch (value) {
      case "true" -> AddressRule.LOOPBACK_ALLOWED;
      case "", "false" -> AddressRule.STRICT;
      default ->
          throw new IllegalArgumentException(
              "WARMGATE_ALLOW_LOOPBACK is '" + value + "', neither true nor false");
    };
  }

  private static Election election(String value) {
    return switch (value) {
      case "true" -> Election.BY_LEASE;
      case "false" -> Election.NONE;
      default ->
          throw new IllegalArgumentException(
              "WARMGATE_LEADER_ELECTION is '" + value + "', neither true nor false");
    };
  }

  private static int port(String value) {
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
      throw new IllegalArgumentException(
          "WARMGATE_HEALTH_PORT is '" + value + "', not a port: 0 to 65535");
    }
    return Integer.parseInt(value);
  }
}
