package io.warmgate.server.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
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
   *     models} or {@code upgrade}
   * @param text for people
   */
  record Over(Exchange exchange, String reason, String text) implements Rehearsal {
    private static Over of(Exchange exchange, ProblemException problem) {
      Throwable why = problem.getCause();
      String text = problem.problem().title();
      return new Over(
          exchange,
          problem.problem().token(),
          why == null || why.getMessage() == null ? text : text + " " + why.getMessage());
    }
  }

  /** It comes to a model: which one, and what it is asked, its content says. */
  record AtModel(Exchange exchange, ModelStep.Turn turn, Matched matched, Served served)
      implements Rehearsal {

    /**
     * Reads on. Called on an event loop.
     *
     * @param caller in whose place it is asked
     * @param content paused
     */
    public Future<Rehearsal> read(Caller caller, ReadStream<Buffer> content) {
      exchange.caller(caller);
      return turn.read(content)
          .map(_ -> understood())
          .recover(
              failure ->
                  failure instanceof ProblemException problem
                      ? Future.succeededFuture(Over.of(exchange, problem))
                      : Future.failedFuture(failure));
    }

    private Rehearsal understood() {
      BackendRef backend = turn.backend();
      if (backend == null) {
        return new Over(exchange, "models", "The gateway lists its models itself.");
      }
      GatewayHandler.choose(exchange, matched, served, backend, null);
      return new AtCache(exchange, GatewayHandler.asking(exchange, matched, served, turn));
    }
  }

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

  /** A HEAD is asked as a GET, by which it is answered: it has nothing to keep itself. */
  private static ExplainRequest asked(WarmRequest asked, Served served) {
    String scheme = asked.scheme();
    String own =
        served.fronts().values().stream()
                .map(Served.Front::listener)
                .filter(listener -> listener.name().equals(asked.listener()))
                .anyMatch(listener -> listener.protocol() == Listener.Protocol.HTTPS)
            ? "https"
            : "http";
    WarmRequest.Question question = asked.question();
    return new ExplainRequest(
        question == null ? "GET" : "POST",
        (scheme == null ? own : scheme) + "://" + asked.host() + asked.target(),
        asked.headers(),
        question == null ? null : question.content(),
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
      return Over.of(exchange, problem);
    }
  }

  private static Rehearsal matched(Exchange exchange, Matched matched, Served served) {
    if (matched.rule().filters().cors() != null && CorsFilter.preflight(exchange.request())) {
      return new Over(exchange, "cors-preflight", "The gateway answers the preflight itself.");
    }
    if (matched.rule().filters().redirect() != null) {
      return new Over(exchange, "redirect", "The rule redirects.");
    }
    if (matched.rule().rule().asksModels()) {
      ModelStep.Turn turn = served.models().rehearse(exchange, exchange::inferred);
      exchange.model(turn);
      return new AtModel(exchange, turn, matched, served);
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
