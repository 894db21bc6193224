package io.warmgate.server.access;

import io.warmgate.config.admin.Revocation;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names of what is revoked, by what is asked for. One thread adds, any thread asks. */
final class NameIndex {
  /** From when a key or a certificate is none, in milliseconds since the epoch. */
  private final Map<String, Long> digests = new ConcurrentHashMap<>();

  private final Set<String> consumers = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<String>> routes = new ConcurrentHashMap<>();
  private volatile boolean everybody;

  void add(Revocation revoked) {
    for (Revocation.Taken taken : revoked.consumers()) {
      for (Revocation.Key key : taken.keys()) {
        long from = key.fromMillis() == null ? Long.MIN_VALUE : key.fromMillis();
        digests.merge(key.sha256(), from, Long::min);
      }
      taken.certificates().forEach(any -> digests.put(any, Long.MIN_VALUE));
      if (!taken.routes().isEmpty()) {
        routes
            .computeIfAbsent(taken.consumer(), _ -> ConcurrentHashMap.newKeySet())
            .addAll(taken.routes());
      }
      if (taken.whole()) {
        consumers.add(taken.consumer());
      }
    }
    if (revoked.everybody()) {
      everybody = true;
    }
  }

  boolean isEmpty() {
    return !everybody && digests.isEmpty() && consumers.isEmpty() && routes.isEmpty();
  }

  boolean digest(String sha256, InstantSource clock) {
    Long from = digests.get(sha256);
    return everybody || (from != null && from <= clock.millis());
  }

  boolean consumer(String id) {
    return everybody || consumers.contains(id);
  }

  boolean grant(String consumer, String route) {
    return consumer(consumer) || routes.getOrDefault(consumer, Set.of()).contains(route);
  }
}
