package io.warmgate.local;

import io.warmgate.local.api.EmbeddedApiServer;
import io.warmgate.local.api.ServiceAddresses;
import io.warmgate.local.kubelet.PodLogs;
import io.warmgate.local.network.EndpointAddress;
import io.warmgate.local.network.LoopbackBlock;

/** The API server in this process; Services have the addresses that the forwarder listens on. */
final class EmbeddedApi implements ApiServer {
  private final EmbeddedApiServer server;

  EmbeddedApi(PodLogs logs, LoopbackBlock addresses) {
    server =
        EmbeddedApiServer.start(
            EmbeddedApiServer.Options.defaults()
                .withLogs(new LogStreams(logs))
                .withAddresses(new Addresses(addresses)));
  }

  @Override
  public String kubeconfig() {
    return server.kubeconfig();
  }

  @Override
  public EndpointAddress endpointAddress() {
    return EndpointAddress.IPv4;
  }

  @Override
  public void close() {
    server.close();
  }

  /** A Service of one name has one address, as long as the cluster lives. */
  private record Addresses(LoopbackBlock block) implements ServiceAddresses {
    @Override
    public String allocate(String namespace, String name) {
      return block.service(namespace + "/" + name);
    }

    @Override
    public void reserve(String address) {
      // the server forgets everything when it ends, so that nothing is in use when it begins
    }

    @Override
    public void release(String address) {
      // the name keeps it
    }
  }
}
