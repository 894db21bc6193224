package io.warmgate.local.network;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One port of one Service.
 *
 * @param namespace the Service's
 * @param service the Service's name
 * @param port the Service's port
 * @param address where the Service is reached: its cluster address
 * @param published whether the port is reachable on 127.0.0.1 too: a gateway's listener
 * @param endpoints who may take a connection now
 */
public record Frontend(
    String namespace,
    String service,
    int port,
    InetSocketAddress address,
    Exposure published,
    List<InetSocketAddress> endpoints) {

  /** Who reaches a port. */
  public enum Exposure {
    CLUSTER,
    MACHINE
  }

  public Frontend {
    endpoints = List.copyOf(endpoints);
  }
}
