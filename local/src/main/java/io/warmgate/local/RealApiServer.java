package io.warmgate.local;

import io.warmgate.kube.KubeApiServer;
import io.warmgate.local.network.EndpointAddress;
import java.nio.file.Path;

/**
 * etcd and kube-apiserver, with those of the controller manager's controllers that the kubelet here
 * does not stand in for.
 */
final class RealApiServer implements ApiServer {
  private static final String[] CONTROLLERS = {
    "garbage-collector-controller",
    "namespace-controller",
    "serviceaccount-controller",
    "root-ca-certificate-publisher-controller"
  };

  private final KubeApiServer server;

  RealApiServer(Path folder) {
    server = KubeApiServer.startIn(folder, CONTROLLERS);
  }

  @Override
  public String kubeconfig() {
    return server.kubeconfig();
  }

  @Override
  public EndpointAddress endpointAddress() {
    return EndpointAddress.FQDN;
  }

  @Override
  public void close() {
    server.close();
  }
}
