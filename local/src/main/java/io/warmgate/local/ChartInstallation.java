package io.warmgate.local;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import io.warmgate.local.resource.Inventory;
import java.nio.file.Path;

/** Warmgate in a cluster that is there already: the Helm chart, installed or upgraded. */
public final class ChartInstallation {
  private static final String RELEASE = "warmgate";

  private ChartInstallation() {}

  /**
   * Installs the chart of this tree into {@code warmgate-system}.
   *
   * @return what Helm says of it
   */
  public static String install(Path repository, Path kubeconfig) {
    Release release =
        new Helm(repository.resolve("helm-chart/warmgate"))
            .upgrade()
            .install()
            .createNamespace()
            .withName(RELEASE)
            .withNamespace(Inventory.SYSTEM)
            .withKubeConfig(kubeconfig)
            .call();
    return "chart %s: %s".formatted(release.getChart(), release.getStatus());
  }
}
