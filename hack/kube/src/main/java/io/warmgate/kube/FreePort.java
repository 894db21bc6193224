package io.warmgate.kube;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody listens on, below those that systems give to connections which they open (from
 * 32768 on with Linux): none is taken by chance between its choice and its listener.
 */
public final class FreePort {
  private static final int FIRST = 12_000;
  private static final int COUNT = 18_000;

  /** Begins elsewhere in each process, so that two that run beside each other do not meet. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePort() {}

  /** One on 127.0.0.1. */
  public static int onLoopback() {
    return on("127.0.0.1");
  }

  /**
   * One of an address of this machine.
   *
   * @throws IllegalStateException if all are taken
   */
  public static int on(String address) {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.ofLiteral(address))) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Somebody listens there: the next one.
      }
    }
    throw new IllegalStateException("No port of %s is free".formatted(address));
  }
}
