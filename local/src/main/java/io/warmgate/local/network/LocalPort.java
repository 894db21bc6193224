package io.warmgate.local.network;

/** Which port of 127.0.0.1 stands for a listener's: its own where that is free. */
final class LocalPort {
  private LocalPort() {}

  /** In order: the same; for one below 1024 also its neighbour above 8000 (80: 8080); any free. */
  static int[] candidates(int port) {
    if (port >= 1024) {
      return new int[] {port, 0};
    }
    int above = port == 80 ? 8080 : port == 443 ? 8443 : 8000 + port;
    return new int[] {port, above, 0};
  }
}
