package io.warmgate.local.network;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the forwarder and the hosts files to the Services and EndpointSlices. A Service that has no
 * cluster address yet gets its loopback address as one; where the API server has given another (a
 * real one does), names still lead to the loopback address.
 */
public final class NetworkController implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NetworkController.class);

  private final KubernetesClient client;
  private final ServiceForwarder forwarder;
  private final Function<String, String> addresses;
  private final Path hosts;
  private final Consumer<List<Published>> onPublished;
  private final Map<String, String> written = new HashMap<>();
  private final SharedIndexInformer<Service> services;
  private final SharedIndexInformer<EndpointSlice> slices;
  private List<Published> published = List.of();

  /**
   * A controller.
   *
   * @param addresses the loopback address of a Service by {@code namespace/name}
   * @param hosts the folder of the hosts files, one a namespace
   * @param onPublished told when the ports on 127.0.0.1 change
   */
  public NetworkController(
      KubernetesClient client,
      ServiceForwarder forwarder,
      Function<String, String> addresses,
      Path hosts,
      Consumer<List<Published>> onPublished) {
    this.client = client;
    this.forwarder = forwarder;
    this.addresses = addresses;
    this.hosts = hosts;
    this.onPublished = onPublished;
    this.services =
        client.services().inAnyNamespace().runnableInformer(0).addEventHandler(new Changes<>());
    this.slices =
        client
            .discovery()
            .v1()
            .endpointSlices()
            .inAnyNamespace()
            .runnableInformer(0)
            .addEventHandler(new Changes<>());
  }

  /** Watches until it is closed. */
  public void start() {
    var read = services.start().toCompletableFuture();
    slices.start().toCompletableFuture().join();
    read.join();
  }

  private synchronized void update() {
    List<Service> allServices = services.getStore().list();
    List<EndpointSlice> allSlices = slices.getStore().list();
    forwarder.update(ForwardingTable.of(allServices, allSlices, addresses));
    Set<String> namespaces = new HashSet<>(written.keySet());
    allServices.forEach(service -> namespaces.add(service.getMetadata().getNamespace()));
    for (String namespace : namespaces) {
      write(namespace, HostNames.file(namespace, allServices, allSlices, addresses));
    }
    List<Published> now = forwarder.published();
    if (!now.equals(published)) {
      published = now;
      onPublished.accept(now);
    }
  }

  private void write(String namespace, String text) {
    if (text.equals(written.get(namespace))) {
      return;
    }
    try {
      Files.createDirectories(hosts);
      Path fresh = Files.writeString(hosts.resolve("." + namespace + ".new"), text);
      Files.move(
          fresh,
          hosts.resolve(namespace),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      written.put(namespace, text);
    } catch (IOException failed) {
      log.warn("hosts file of {}: {}", namespace, failed.getMessage());
    }
  }

  private void giveAddress(Service service) {
    String address = service.getSpec() == null ? "None" : service.getSpec().getClusterIP();
    if (ForwardingTable.headless(service) || (address != null && !address.isEmpty())) {
      return;
    }
    var meta = service.getMetadata();
    String given = addresses.apply(meta.getNamespace() + "/" + meta.getName());
    try {
      client
          .services()
          .inNamespace(meta.getNamespace())
          .withName(meta.getName())
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\":{\"clusterIP\":\"%s\",\"clusterIPs\":[\"%s\"]}}".formatted(given, given));
    } catch (KubernetesClientException refused) {
      log.info("cluster address of {}: {}", meta.getName(), refused.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    services.stop();
    slices.stop();
    forwarder.close();
  }

  private final class Changes<T extends HasMetadata> implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      if (object instanceof Service service) {
        giveAddress(service);
      }
      update();
    }

    @Override
    public void onUpdate(T before, T now) {
      if (now instanceof Service service) {
        giveAddress(service);
      }
      update();
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
      update();
    }
  }
}
