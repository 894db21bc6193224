package io.warmgate.server.listener;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.server.Dataplane;
import io.warmgate.server.Values;
import io.warmgate.server.access.AccessControl;
import io.warmgate.server.credential.Proofs;
import io.warmgate.server.exchange.Arrival;
import io.warmgate.server.exchange.Elsewhere;
import io.warmgate.server.exchange.GatewayHandler;
import io.warmgate.server.exchange.Persistence;
import io.warmgate.server.exchange.Served;
import io.warmgate.server.traffic.TrafficBook;
import io.warmgate.server.upstream.AddressGuard;
import io.warmgate.server.upstream.Backends;
import io.warmgate.server.upstream.EndpointDirectory;
import io.warmgate.server.upstream.Inquiries;
import io.warmgate.server.upstream.Upstream;
import io.warmgate.server.version.VersionWatch;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The data plane on Vert.x: ports, and behind them the route table of the day. */
public final class ListeningDataplane implements Dataplane {
  private final Vertx vertx;
  private final DataplaneSettings settings;
  private final AddressGuard guard;
  private final Upstream upstream;
  private final GatewayHandler handler;
  private final Ports ports;
  private final TrafficBook traffic = new TrafficBook();
  private final Elsewhere.Maker elsewhere;
  private final AccessControl access;
  private final Proofs proofs;
  private final VersionWatch versions;
  private final PodPort podPort;
  private volatile @Nullable Served served;
  private volatile boolean draining;
  private volatile Backends backends = Backends.NONE;
  private Future<Void> last = Future.succeededFuture();

  /**
   * @param vertx made by {@link GatewayVertx} with the same doors
   */
  public ListeningDataplane(
      Vertx vertx,
      Doors doors,
      DataplaneSettings settings,
      EndpointDirectory endpoints,
      Steps steps) {
    this.vertx = vertx;
    this.settings = settings;
    this.guard =
        new AddressGuard(settings.allowLoopback(), settings.bindAddress(), podPorts(settings));
    this.upstream = new Upstream(vertx, endpoints, guard, steps.observer());
    this.handler =
        new GatewayHandler(steps.cache(), steps.observer(), steps.preview(), steps.limits());
    this.elsewhere = steps.elsewhere();
    this.proofs = steps.proofs();
    this.versions = steps.versions();
    this.access = new AccessControl(vertx, guard, steps.access());
    this.ports = new Ports(vertx, doors, settings, this::at);
    this.podPort = new PodPort(vertx, doors, settings);
  }

  @Override
  public synchronized Future<Void> take(GatewayConfig config, Values values) {
    last =
        last.otherwiseEmpty()
            .compose(
                _ ->
                    vertx.executeBlocking(
                        () ->
                            Blueprint.of(
                                vertx, config, values, traffic, elsewhere, proofs, versions)))
            .compose(next -> swap(next, values));
    return last;
  }

  /** Clients of HTTP/1.1 are told to connect anew; everything is still answered. */
  @Override
  public void drain() {
    draining = true;
  }

  /** Accepts no more; completes when what was under way has ended, or after {@code patience}. */
  @Override
  public Future<Void> close(Duration patience) {
    drain();
    proofs.close();
    versions.close();
    return ports.closeAll(patience).onComplete(_ -> access.close());
  }

  private Future<Void> swap(Blueprint next, Values values) {
    Backends nextBackends = backends.next(next.config(), values, upstream);
    return ports
        .openNew(next)
        .compose(
            _ -> {
              guard.ownPorts(ownPorts(next));
              backends = nextBackends;
              served =
                  new Served(
                      next.routes(),
                      upstream.origins(nextBackends),
                      next.loop(),
                      next.config().limits(),
                      next.fronts(),
                      next.elsewhere(),
                      access.use(next.access()),
                      next.models());
              podPort.limits(next.config().limits());
              traffic.keep(next.config());
              Inquiries inquiries = upstream.inquiries(nextBackends);
              proofs.use(next.models().checks(next.config(), inquiries));
              versions.use(next.models().polls(next.config(), inquiries));
              return ports.settle(next);
            });
  }

  private Set<Integer> ownPorts(Blueprint next) {
    Set<Integer> own = new HashSet<>(next.fronts().keySet());
    own.addAll(podPorts(settings));
    return own;
  }

  private static Set<Integer> podPorts(DataplaneSettings settings) {
    return Set.of(settings.adminPort(), AdminApi.HANDOVER_PORT);
  }

  /** A port for pods of the gateway, held to what listeners are held to; not open. */
  public PodPort podPort() {
    return podPort;
  }

  /**
   * What answers at the listener of that name, also what did not come to this pod.
   *
   * @return null where no such listener is served
   */
  public @Nullable BiConsumer<HttpServerRequest, Arrival> listener(String name) {
    Served now = served;
    if (now == null) {
      return null;
    }
    for (Served.Front front : now.fronts().values()) {
      if (front.listener().name().equals(name)) {
        return (request, arrival) -> handler.handle(request, now, front, arrival, Persistence.KEEP);
      }
    }
    return null;
  }

  /** What is counted of the requests to each rule. */
  public TrafficBook traffic() {
    return traffic;
  }

  /** What requests are answered by now; null before the first configuration. */
  public @Nullable Served served() {
    return served;
  }

  /** What answers at a bound port. */
  private Handler<HttpServerRequest> at(int bindPort) {
    Integer port = bindPort;
    return request -> {
      Persistence persistence = arrived(request);
      Served now = served;
      Served.Front front = now == null ? null : now.fronts().get(port);
      if (now == null || front == null) {
        request.response().setStatusCode(503).putHeader("connection", "close").end();
      } else {
        handler.handle(request, now, front, Arrival.of(request), persistence);
      }
    };
  }

  private Persistence arrived(HttpServerRequest request) {
    if (request.connection() instanceof ConnectionBase connection) {
      Channel channel = connection.channel();
      HeadDeadline.arrived(channel);
      if (request.version() == HttpVersion.HTTP_2) {
        Leaving.tell(channel, request.connection());
      } else {
        watchEnd(request, channel);
        return draining || Leaving.is(channel) ? Persistence.CLOSE : Persistence.KEEP;
      }
    }
    return draining ? Persistence.CLOSE : Persistence.KEEP;
  }

  static void watchEnd(HttpServerRequest request, Channel channel) {
    request
        .response()
        .endHandler(
            _ -> {
              if (request.response().getStatusCode() != 101) {
                HeadDeadline.answered(channel);
              }
            });
  }
}
