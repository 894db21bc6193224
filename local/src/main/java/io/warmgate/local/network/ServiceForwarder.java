package io.warmgate.local.network;

import io.warmgate.local.network.Frontend.Exposure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** kube-proxy's part: listens where Services are reached and keeps the listeners to the table. */
public final class ServiceForwarder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServiceForwarder.class);

  /** Which listener: a Service's port, in the cluster or on the machine. */
  private record Key(String namespace, String service, int port, Exposure exposure) {}

  private final Map<Key, PortListener> listeners = new HashMap<>();
  private final List<PortListener> retired = new ArrayList<>();
  private final Map<Key, Published> published = new HashMap<>();

  /** Makes the listeners what the table says; connections that are open go on. */
  public synchronized void update(List<Frontend> table) {
    Set<Key> wanted = new HashSet<>();
    for (Frontend frontend : table) {
      var inside = key(frontend, Exposure.CLUSTER);
      wanted.add(inside);
      PortListener listener = listeners.get(inside);
      if (listener == null) {
        listener = open(frontend.address());
      }
      keep(inside, listener, frontend);
      if (frontend.published() == Exposure.MACHINE) {
        var outside = key(frontend, Exposure.MACHINE);
        wanted.add(outside);
        PortListener existing = listeners.get(outside);
        keep(outside, existing == null ? publish(outside, frontend) : existing, frontend);
      }
    }
    for (Key gone : Set.copyOf(listeners.keySet())) {
      if (!wanted.contains(gone)) {
        retire(gone);
      }
    }
  }

  /** The ports on 127.0.0.1. */
  public synchronized List<Published> published() {
    return published.values().stream().sorted().toList();
  }

  private void keep(Key key, @Nullable PortListener listener, Frontend frontend) {
    if (listener != null) {
      listener.endpoints(frontend.endpoints());
      listeners.put(key, listener);
    }
  }

  private static @Nullable PortListener open(InetSocketAddress address) {
    try {
      return new PortListener(address);
    } catch (IOException taken) {
      log.warn("{}", taken.getMessage()); // tried again at the next change
      return null;
    }
  }

  private @Nullable PortListener publish(Key key, Frontend frontend) {
    for (int port : LocalPort.candidates(frontend.port())) {
      try {
        var listener =
            new PortListener(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        published.put(
            key,
            new Published(
                frontend.namespace(), frontend.service(), frontend.port(), listener.port()));
        return listener;
      } catch (IOException taken) {
        log.info("{}", taken.getMessage());
      }
    }
    return null;
  }

  private void retire(Key gone) {
    PortListener listener = listeners.remove(gone);
    published.remove(gone);
    if (listener != null) {
      try {
        listener.stopAccepting();
        retired.removeIf(PortListener::idle);
        retired.add(listener);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private static Key key(Frontend frontend, Exposure exposure) {
    return new Key(frontend.namespace(), frontend.service(), frontend.port(), exposure);
  }

  @Override
  public synchronized void close() throws IOException {
    for (PortListener listener : listeners.values()) {
      listener.close();
    }
    for (PortListener listener : retired) {
      listener.close();
    }
    listeners.clear();
    published.clear();
  }
}
