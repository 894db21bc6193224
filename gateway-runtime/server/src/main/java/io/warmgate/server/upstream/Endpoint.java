package io.warmgate.server.upstream;

import io.vertx.core.net.SocketAddress;
import io.warmgate.config.Ejection;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** An address of a backend, or of another pod, and how it has been doing. */
public final class Endpoint {
  private final InetSocketAddress inet;
  private final SocketAddress address;
  private final String name;
  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile long ejectedUntil = Long.MIN_VALUE;

  Endpoint(InetSocketAddress inet) {
    this.inet = inet;
    String ip = inet.getAddress().getHostAddress();
    this.address = SocketAddress.inetSocketAddress(inet.getPort(), ip);
    this.name = (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + inet.getPort();
  }

  public InetSocketAddress inet() {
    return inet;
  }

  public SocketAddress address() {
    return address;
  }

  /** {@code address:port} */
  public String name() {
    return name;
  }

  /** Requests under way. */
  int active() {
    return active.get();
  }

  public void begin() {
    active.incrementAndGet();
  }

  public void end() {
    active.decrementAndGet();
  }

  void succeeded() {
    if (failures.get() != 0) {
      failures.set(0);
    }
  }

  /**
   * @param nanos {@link System#nanoTime()}
   */
  public void failed(Ejection ejection, long nanos) {
    if (ejection.consecutiveFailures() > 0
        && failures.incrementAndGet() >= ejection.consecutiveFailures()) {
      failures.set(0);
      ejectedUntil = nanos + ejection.durationMillis() * 1_000_000L;
    }
  }

  public boolean ejected(long nanos) {
    return ejectedUntil != Long.MIN_VALUE && nanos - ejectedUntil < 0;
  }
}
