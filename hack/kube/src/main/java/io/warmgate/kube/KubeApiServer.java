package io.warmgate.kube;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A real kube-apiserver with its etcd on random ports of the loopback: RBAC, the default admission
 * plugins, and those controllers of kube-controller-manager that were asked for. No kubelet, no
 * scheduler. It ends with {@link #close}, and with this JVM, however that ends.
 */
public final class KubeApiServer implements AutoCloseable {
  private final ServerFolder folder;
  private final ControlPlane controlPlane;
  private final KubernetesClient admin;

  private KubeApiServer(ServerFolder folder, ControlPlane controlPlane) {
    this.folder = folder;
    this.controlPlane = controlPlane;
    this.admin = clientOf(controlPlane.kubeconfig());
  }

  /**
   * Starts one whose state is gone afterwards.
   *
   * @param controllers the controllers to run, by the names of kube-controller-manager (for
   *     instance {@code garbage-collector-controller}); none starts no controller manager
   * @throws NoKubeApiServer where there is no API server to be had, or it does not get ready
   */
  public static KubeApiServer start(String... controllers) {
    return start(ServerFolder::fresh, controllers);
  }

  /** Starts one whose state lies in this folder, and is found there the next time. */
  public static KubeApiServer startIn(Path folder, String... controllers) {
    return start(() -> ServerFolder.kept(folder), controllers);
  }

  private static KubeApiServer start(FolderSource source, String... controllers) {
    KubeBinaries binaries = KubeBinaries.locate();
    try {
      ServerFolder folder = source.open();
      return new KubeApiServer(folder, ControlPlane.start(binaries, folder, List.of(controllers)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public String url() {
    return controlPlane.kubeconfig().url();
  }

  /** A kubeconfig that may do everything. */
  public String kubeconfig() {
    return controlPlane.kubeconfig().yaml();
  }

  /** A kubeconfig with the rights of a service account, which must be there. */
  public String kubeconfigFor(String namespace, String serviceAccount) {
    return as(namespace, serviceAccount).yaml();
  }

  /** A client that may do everything; it is closed with the server. */
  public KubernetesClient client() {
    return admin;
  }

  /** A client with the rights of a service account, which must be there; the caller closes it. */
  public KubernetesClient clientFor(String namespace, String serviceAccount) {
    return clientOf(as(namespace, serviceAccount));
  }

  private Kubeconfig as(String namespace, String serviceAccount) {
    String token =
        admin
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(serviceAccount)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(24 * 3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    Kubeconfig everything = controlPlane.kubeconfig();
    return new Kubeconfig(everything.url(), everything.authority(), token);
  }

  private static KubernetesClient clientOf(Kubeconfig kubeconfig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.yaml()))
        .build();
  }

  @Override
  public void close() {
    admin.close();
    controlPlane.close();
    folder.close();
  }

  @FunctionalInterface
  private interface FolderSource {
    ServerFolder open() throws IOException;
  }
}
