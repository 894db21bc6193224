package io.warmgate.server.handover;

import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A pod of another side, and how busy this one keeps it. Safe for every thread. */
final class OtherPod {
  /** One that could not be reached is not asked again within this time, in nanoseconds. */
  static final long LEFT_ALONE = 1_000_000_000L;

  private final InetSocketAddress inet;
  private final SocketAddress address;
  private final String name;
  private final AtomicInteger active = new AtomicInteger();
  private volatile boolean failed;
  private volatile long failedAt;

  OtherPod(InetSocketAddress inet) {
    this.inet = inet;
    String ip = inet.getAddress().getHostAddress();
    this.address = SocketAddress.inetSocketAddress(inet.getPort(), ip);
    this.name = (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + inet.getPort();
  }

  InetSocketAddress inet() {
    return inet;
  }

  SocketAddress address() {
    return address;
  }

  /** {@code address:port} */
  String name() {
    return name;
  }

  /** Requests under way. */
  int active() {
    return active.get();
  }

  void begin() {
    active.incrementAndGet();
  }

  void end() {
    active.decrementAndGet();
  }

  /**
   * @param nanos {@link System#nanoTime()}
   */
  void fail(long nanos) {
    failedAt = nanos;
    failed = true;
  }

  boolean isLeftAlone(long nanos) {
    if (failed && nanos - failedAt >= LEFT_ALONE) {
      failed = false;
    }
    return failed;
  }
}
