package io.warmgate.operator.translate;

/** What a pod binds for a listener's port. */
public final class BindPort {
  private static final int FIRST_UNPRIVILEGED = 1024;
  private static final int SHIFT = 10_000;

  private BindPort() {}

  /** The port itself, or 10000 more below 1024, which an unprivileged process may not bind. */
  public static int of(int port) {
    return port < FIRST_UNPRIVILEGED ? port + SHIFT : port;
  }
}
