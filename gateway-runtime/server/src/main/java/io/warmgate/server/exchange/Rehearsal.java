package io.warmgate.server.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.BackendRef;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Listener;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.server.PreviewToken;
import io.warmgate.server.filter.CorsFilter;
import io.warmgate.server.routing.Matched;
import io.warmgate.server.routing.SideDraw;
import io.warmgate.server.uri.Target;
import io.warmgate.server.uri.TargetReader;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How far a request comes that is not there: {@link GatewayHandler}'s steps, up to the cache. */
public sealed interface Rehearsal {

  /** In the middle of what chance gives: it is the side that has more. */
  int LIKELIER = 4_999;

  /** What is known of it by then. */
  Exchange exchange();

  /** It comes to the cache, with its backend chosen. */
  record AtCache(Exchange exchange, Origin origin) implements Rehearsal {}

  /**
   * It is answered before.
   *
   * @param reason token of a {@link Problem}, {@code cors-preflight}, {@code redirect}, {@code
   *     model} or {@code upgrade}
   * @param text for people
   */
  record Over(Exchange exchange, String reason, String text) implements Rehearsal {}

  /**
   * Where only chance decides between two sides of a route the likelier is taken, so that pods can
   * be compared.
   *
   * @throws ConfigException where the listener that it names is not there
   */
  static Rehearsal of(ExplainRequest asked, Served served, PreviewToken preview) {
    return of(
        asked,
        ImaginedRequest.of(asked),
        served,
        exchange -> GatewayHandler.sides(exchange, preview, () -> LIKELIER));
  }

  /**
   * A request that is made by the gateway itself, with somebody to answer who throws the answer
   * away.
   *
   * @param sides whose rules it is for
   * @throws ConfigException where the listener that it names is not there
   */
  static Rehearsal warming(WarmRequest asked, Served served, SideDraw sides) {
    return reading(asked, served, sides, _ -> {});
  }

  /**
   * The same, with somebody who reads the answer's body.
   *
   * @param body takes it as it comes
   */
  static Rehearsal reading(
      WarmRequest asked, Served served, SideDraw sides, Consumer<Buffer> body) {
    ExplainRequest request = asked(asked, served);
    return of(request, ImaginedRequest.of(request, Nobody.create(body)), served, _ -> sides);
  }

  /** As a GET: a HEAD is answered by what a GET was answered, and has nothing to keep itself. */
  private static ExplainRequest asked(WarmRequest asked, Served served) {
    String scheme = asked.scheme();
    String own =
        served.fronts().values().stream()
                .map(Served.Front::listener)
                .filter(listener -> listener.name().equals(asked.listener()))
                .anyMatch(listener -> listener.protocol() == Listener.Protocol.HTTPS)
            ? "https"
            : "http";
    return new ExplainRequest(
        "GET",
        (scheme == null ? own : scheme) + "://" + asked.host() + asked.target(),
        asked.headers(),
        null,
        asked.listener(),
        ExplainRequest.Origin.LEAVE);
  }

  private static Rehearsal of(
      ExplainRequest asked,
      HttpServerRequest request,
      Served served,
      Function<Exchange, SideDraw> sides) {
    Served.Front front = front(asked, request, served);
    Exchange exchange = GatewayHandler.read(request, front, Arrival.of(request), Persistence.KEEP);
    try {
      GatewayHandler.check(exchange);
      Matched matched = GatewayHandler.match(exchange, served, sides.apply(exchange));
      return matched(exchange, matched, served);
    } catch (ProblemException problem) {
      return new Over(exchange, problem.problem().token(), problem.problem().title());
    }
  }

  private static Rehearsal matched(Exchange exchange, Matched matched, Served served) {
    if (matched.rule().filters().cors() != null && CorsFilter.preflight(exchange.request())) {
      return new Over(exchange, "cors-preflight", "The gateway answers the preflight itself.");
    }
    if (matched.rule().rule().asksModels()) {
      return new Over(exchange, "model", "A model is asked: what it is asked is not looked into.");
    }
    if (matched.rule().filters().redirect() != null) {
      return new Over(exchange, "redirect", "The rule redirects.");
    }
    BackendRef backend = heaviest(matched);
    if (backend == null) {
      throw new ProblemException(Problem.UNAVAILABLE);
    }
    GatewayHandler.choose(exchange, matched, served, backend, null);
    return GatewayHandler.upgrades(exchange)
        ? new Over(exchange, "upgrade", "The connection is handed over to the backend.")
        : new AtCache(exchange, served.origins().origin(exchange, backend));
  }

  /** Requests draw one by weight; so that pods can be compared, the likeliest is taken here. */
  private static @Nullable BackendRef heaviest(Matched matched) {
    return matched.rule().rule().unavailable() != null
        ? null
        : matched.rule().rule().backends().stream()
            .filter(backend -> backend.weight() > 0)
            .max(Comparator.comparingInt(BackendRef::weight))
            .orElse(null);
  }

  private static Served.Front front(
      ExplainRequest asked, HttpServerRequest request, Served served) {
    Collection<Served.Front> fronts = served.fronts().values();
    String named = asked.listener();
    if (named == null) {
      return fronts.stream()
          .max(Comparator.comparingInt(front -> fitness(front.listener(), request, served)))
          .orElseThrow(() -> new ConfigException("listener", "there is none"));
    }
    List<String> names = fronts.stream().map(front -> front.listener().name()).sorted().toList();
    return fronts.stream()
        .filter(front -> front.listener().name().equals(named))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "listener", "is " + named + "; the gateway has " + String.join(", ", names)));
  }

  /** A listener that has the host goes first, then one of the scheme, then one of the port. */
  private static int fitness(Listener listener, HttpServerRequest request, Served served) {
    boolean secure = listener.protocol() == Listener.Protocol.HTTPS;
    TargetReader.Result read =
        TargetReader.read(
            request.isSSL() ? "https" : "http", request.uri(), request.headers().getAll("host"));
    if (!(read instanceof TargetReader.Read(Target target))) {
      return 0;
    }
    int port = target.port() >= 0 ? target.port() : request.isSSL() ? 443 : 80;
    return (served.routes().takes(listener.name(), target.host()) ? 4 : 0)
        + (secure == request.isSSL() ? 2 : 0)
        + (listener.port() == port ? 1 : 0);
  }

  /** The target as the client asked for it, normalised; null where it cannot be read. */
  default @Nullable Target target() {
    Target target = exchange().target();
    return target.host().isEmpty() ? null : target;
  }
}
