package io.warmgate.server.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.warmgate.config.admin.EndpointSets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where backends are: the endpoint sets that the operator pushed while it is known to live, names
 * otherwise.
 */
public final class EndpointDirectory {
  /**
   * A name is not asked for again within this time, in nanoseconds; DNS has its own cache below.
   */
  private static final long NAME_FRESH = 1_000_000_000L;

  private final VertxInternal vertx;
  private final BooleanSupplier trusted;
  private final Map<Name, Resolved> names = new ConcurrentHashMap<>();
  private volatile Sets sets = new Sets(0, Map.of(), Map.of());

  private record Sets(
      long version,
      Map<String, List<InetSocketAddress>> services,
      Map<String, List<InetSocketAddress>> sides) {}

  private record Name(String host, int port) {}

  private record Resolved(Future<List<InetSocketAddress>> addresses, long at) {}

  /**
   * @param trusted whether the operator's last heartbeat is younger than 10 s
   */
  public EndpointDirectory(Vertx vertx, BooleanSupplier trusted) {
    this.vertx = (VertxInternal) vertx;
    this.trusted = trusted;
  }

  /** Takes newer sets; older ones are ignored. */
  public synchronized void accept(EndpointSets pushed) {
    if (pushed.version() < sets.version()) {
      return;
    }
    sets =
        new Sets(
            pushed.version(),
            addresses(pushed.services(), sets.services()),
            addresses(pushed.sides(), sets.sides()));
  }

  /** A list that is as it was before is the one before. */
  private static Map<String, List<InetSocketAddress>> addresses(
      Map<String, List<EndpointSets.Endpoint>> pushed, Map<String, List<InetSocketAddress>> known) {
    Map<String, List<InetSocketAddress>> all = new HashMap<>();
    pushed.forEach(
        (key, endpoints) -> {
          List<InetSocketAddress> addresses =
              endpoints.stream()
                  .map(e -> new InetSocketAddress(InetAddress.ofLiteral(e.address()), e.port()))
                  .toList();
          List<InetSocketAddress> before = known.get(key);
          all.put(key, addresses.equals(before) ? before : addresses);
        });
    return Map.copyOf(all);
  }

  /** Version of the sets in use; 0 before the first. */
  public long version() {
    return sets.version();
  }

  /** The Service's pushed endpoints; null where there are none, or they are not trusted now. */
  @Nullable List<InetSocketAddress> pushed(String service) {
    return trusted.getAsBoolean() ? sets.services().get(service) : null;
  }

  /**
   * Pods of a side of the gateway's own, as the operator said last, however long ago: who is asked
   * there has to show the gateway's certificate.
   */
  public List<InetSocketAddress> side(String name) {
    return sets.sides().getOrDefault(name, List.of());
  }

  /** Every address of a name. */
  Future<List<InetSocketAddress>> byName(String host, int port) {
    Name name = new Name(host, port);
    Resolved known = names.get(name);
    long now = System.nanoTime();
    if (known != null && now - known.at < NAME_FRESH && !known.addresses.failed()) {
      return known.addresses;
    }
    Future<List<InetSocketAddress>> asked = resolve(host, port);
    names.put(name, new Resolved(asked, now));
    return asked;
  }

  private Future<List<InetSocketAddress>> resolve(String host, int port) {
    try {
      String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      return Future.succeededFuture(
          List.of(new InetSocketAddress(InetAddress.ofLiteral(literal), port)));
    } catch (IllegalArgumentException _) {
      return vertx
          .nameResolver()
          .resolveAll(host)
          .map(
              found ->
                  found.stream()
                      .map(address -> new InetSocketAddress(address.getAddress(), port))
                      .distinct()
                      .toList());
    }
  }
}
