package io.warmgate.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command lines of a control plane. */
final class Commands {
  private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  private Commands() {}

  static List<String> etcd(KubeBinaries binaries, ServerFolder folder, String url, String peers) {
    return List.of(
        binaries.etcd().toString(),
        "--data-dir=" + folder.file("etcd"),
        "--listen-client-urls=" + url,
        "--advertise-client-urls=" + url,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers,
        "--unsafe-no-fsync",
        "--log-level=warn");
  }

  /** With a serving certificate that it makes itself, and one administrator, by token. */
  static List<String> apiServer(
      KubeBinaries binaries, ServerFolder folder, String etcd, int port, String token)
      throws IOException {
    Path tokens = folder.file("tokens.csv");
    Files.writeString(tokens, token + ",admin,admin,system:masters\n");
    SigningKeys keys = SigningKeys.in(folder.path());
    return List.of(
        binaries.apiServer().toString(),
        "--etcd-servers=" + etcd,
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=" + folder.path(),
        "--token-auth-file=" + tokens,
        "--authorization-mode=RBAC",
        "--allow-privileged",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--service-account-issuer=" + ISSUER,
        "--service-account-signing-key-file=" + keys.privateKey(),
        "--service-account-key-file=" + keys.publicKey(),
        "--profiling=false");
  }

  static List<String> controllerManager(
      KubeBinaries binaries, ServerFolder folder, Path kubeconfig, List<String> controllers)
      throws IOException {
    return List.of(
        binaries.controllerManager().toString(),
        "--kubeconfig=" + kubeconfig,
        "--controllers=" + String.join(",", controllers),
        "--service-account-private-key-file=" + SigningKeys.in(folder.path()).privateKey(),
        "--root-ca-file=" + folder.file("apiserver.crt"),
        "--leader-elect=false",
        "--secure-port=0",
        "--profiling=false");
  }
}
