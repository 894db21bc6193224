package io.warmgate.server.listener;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The doors of the ports that have one; other servers of the same Vert.x have none. */
public final class Doors {
  private final Map<Integer, Door> byPort = new ConcurrentHashMap<>();

  void open(int port, Door door) {
    byPort.put(port, door);
  }

  void close(int port) {
    byPort.remove(port);
  }

  @Nullable Door at(int port) {
    return byPort.get(port);
  }
}
