package io.warmgate.server.listener;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.transport.Transport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops of a pod. */
public final class GatewayVertx {
  private static final Logger log = LoggerFactory.getLogger(GatewayVertx.class);

  private GatewayVertx() {}

  /**
   * Epoll where it loads, else NIO.
   *
   * @param doors stand before every server of this Vert.x
   * @param eventLoops how many threads serve
   * @param hostsFile names that DNS does not know; null: the system's
   */
  public static Vertx create(Doors doors, int eventLoops, @Nullable Path hostsFile) {
    AddressResolverOptions resolver = new AddressResolverOptions();
    if (hostsFile != null) {
      resolver.setHostsPath(hostsFile.toString()).setHostsRefreshPeriod(1_000);
    }
    Transport transport = transport();
    return Vertx.builder()
        .with(
            new VertxOptions().setEventLoopPoolSize(eventLoops).setAddressResolverOptions(resolver))
        .withTransport(
            new TransportInternal(
                transport.name(), true, null, new DoorTransport(transport.implementation(), doors)))
        .build();
  }

  private static Transport transport() {
    if (Transport.EPOLL != null && Transport.EPOLL.available()) {
      return Transport.EPOLL;
    }
    Throwable cause = Transport.EPOLL == null ? null : Transport.EPOLL.unavailabilityCause();
    log.info(
        "epoll is not to be had, NIO serves{}", cause == null ? "" : ": " + cause.getMessage());
    return Transport.NIO;
  }
}
