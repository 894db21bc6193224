package io.warmgate.server.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.warmgate.config.AccessRule;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheRule;
import io.warmgate.server.PreviewToken;
import io.warmgate.server.filter.Client;
import io.warmgate.server.filter.CorsFilter;
import io.warmgate.server.filter.Forwarding;
import io.warmgate.server.filter.HopByHop;
import io.warmgate.server.filter.Redirects;
import io.warmgate.server.filter.RuleFilters;
import io.warmgate.server.filter.TrustedProxies;
import io.warmgate.server.routing.ClientDraw;
import io.warmgate.server.routing.Matched;
import io.warmgate.server.routing.SideDraw;
import io.warmgate.server.routing.Sides.Side;
import io.warmgate.server.uri.Target;
import io.warmgate.server.uri.TargetReader;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole way of a request, in its order:
 *
 * <ol>
 *   <li>read: one target in one form, or 400
 *   <li>the connection's client certificate, where the listener has authorities: {@link
 *       ClientTrust}, or 421
 *   <li>leave it to another pod, where the gateway has two sides of them: {@link Elsewhere}
 *   <li>match: listener, host, path, method, headers, query; of a route with two sides, the rules
 *       of the request's side
 *   <li>CORS preflight, which no browser sends with credentials: answered here
 *   <li>authenticate: {@link Authenticator}, before any lookup
 *   <li>of models: read what is asked, and which model that is: {@link ModelStep}
 *   <li>limits: {@link LimitStep}, also of hits; where those are free, before the backend is asked
 *   <li>request filters: redirect; header changes and rewrite shape what the backend is asked
 *   <li>choose the backend, and with it the generation that is keyed
 *   <li>idempotency key: a request that was answered before goes no further
 *   <li>cache, and behind it the backend: {@link CacheStep}
 *   <li>response filters: CORS, header changes; on hits as on misses
 * </ol>
 */
public final class GatewayHandler {
  /** For requests that were under way before. */
  private static final long LET_GO_SECONDS = 30;

  private static final Target UNREAD = new Target("http", "", -1, "/", null);

  private final CacheStep cache;
  private final Observer observer;
  private final PreviewToken preview;
  private final LimitStep limits;

  /**
   * @param preview what lets a request see the other side of a route
   */
  public GatewayHandler(
      CacheStep cache, Observer observer, PreviewToken preview, LimitStep limits) {
    this.limits = limits;
    this.cache = cache;
    this.observer = observer;
    this.preview = preview;
  }

  /** Answers. Called on the request's event loop. */
  public void handle(
      HttpServerRequest request,
      Served served,
      Served.Front front,
      Arrival arrival,
      Persistence persistence) {
    if (Closing.is(request)) {
      return;
    }
    Exchange exchange = read(request, front, arrival, persistence);
    if (exchange.hasContent()) {
      request.pause();
    }
    if (front.clients() != null && !front.clients().takes(request, arrival)) {
      refuse(exchange);
      return;
    }
    Elsewhere elsewhere = served.elsewhere();
    if (elsewhere == null) {
      here(exchange, served);
    } else {
      elsewhere(exchange, served, elsewhere);
    }
  }

  /** What comes over the connection is not answered any more; over another one it may be. */
  private void refuse(Exchange exchange) {
    exchange.reply().closeAfter();
    failed(exchange, new ProblemException(Problem.WRONG_CERTIFICATE), null);
    HttpServerRequest request = exchange.request();
    if (exchange.arrival().handed() == null && request.version() == HttpVersion.HTTP_2) {
      var _ = request.connection().shutdown(LET_GO_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void elsewhere(Exchange exchange, Served served, Elsewhere elsewhere) {
    Future<Elsewhere.Outcome> answered;
    try {
      check(exchange);
      answered = elsewhere.answer(exchange);
    } catch (RuntimeException e) {
      answered = Future.failedFuture(e);
    }
    if (answered == null) {
      here(exchange, served);
      return;
    }
    answered.onComplete(
        outcome -> {
          switch (outcome) {
            case ANSWERED -> ended(exchange);
            case NOT_TAKEN -> here(exchange, served);
          }
        },
        cause -> failed(exchange, cause, null));
  }

  private void here(Exchange exchange, Served served) {
    HttpServerRequest request = exchange.request();
    RequestBody body = null;
    Future<Void> answered;
    try {
      check(exchange);
      Matched matched = match(exchange, served, sides(exchange, served));
      observer.begun(exchange);
      body = RequestBody.of(request, served.limits().maxBodyBytes());
      answered = answer(exchange, matched, served, body);
    } catch (RuntimeException e) {
      answered = Future.failedFuture(e);
    }
    RequestBody sent = body;
    answered.onComplete(_ -> ended(exchange), cause -> failed(exchange, cause, sent));
  }

  /** Throws where the request's head cannot be read in one way only. */
  static void check(Exchange exchange) {
    if (!RequestBody.isFramed(exchange.request())) {
      throw new ProblemException(Problem.BAD_REQUEST);
    }
    if (exchange.target().host().isEmpty()) {
      throw new ProblemException(
          exchange.reason().isEmpty() ? Problem.BAD_REQUEST : Problem.BAD_PATH);
    }
  }

  static Exchange read(
      HttpServerRequest request, Served.Front front, Arrival arrival, Persistence persistence) {
    MultiMap headers = request.headers();
    boolean close = HopByHop.removeNamed(headers);
    Client client = front.trusted().client(arrival.peer(), headers);
    String scheme = TrustedProxies.scheme(client, headers, arrival.secure() ? "https" : "http");
    TargetReader.Result result = TargetReader.read(scheme, request.uri(), hosts(request, arrival));
    Target target = result instanceof TargetReader.Read(Target found) ? found : UNREAD;
    Exchange exchange = new Exchange(request, front.listener(), arrival, client, target);
    if (result instanceof TargetReader.BadPath) {
      exchange.reason(Problem.BAD_PATH.token());
    }
    if (close) {
      Closing.mark(request);
    }
    if (close || persistence == Persistence.CLOSE) {
      exchange.reply().closeAfter();
    }
    return exchange;
  }

  /**
   * HTTP/2 has {@code :authority}; a {@code Host} beside it has to say the same (RFC 9113 §8.3.1).
   */
  private static List<String> hosts(HttpServerRequest request, Arrival arrival) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    String authority = arrival.authority(request);
    if (authority == null) {
      return hosts;
    }
    boolean same = hosts.isEmpty() || (hosts.size() == 1 && hosts.get(0).equals(authority));
    return same ? List.of(authority) : List.of();
  }

  /** Null while every route has one side alone. */
  private @Nullable SideDraw sides(Exchange exchange, Served served) {
    return served.routes().hasSides()
        ? sides(exchange, preview, () -> ThreadLocalRandom.current().nextInt(10_000))
        : null;
  }

  static SideDraw sides(Exchange exchange, PreviewToken preview, IntSupplier chance) {
    return new ClientDraw(
        exchange.request(),
        exchange.client().address(),
        () -> Preview.take(exchange.request().headers(), preview),
        chance);
  }

  /**
   * @param sides of the request; null: each route's own
   */
  static Matched match(Exchange exchange, Served served, @Nullable SideDraw sides) {
    HttpServerRequest request = exchange.request();
    String method = request.method().name();
    if (method.equals("TRACE") || method.equals("CONNECT")) {
      throw new ProblemException(Problem.METHOD_NOT_ALLOWED);
    }
    if (served.loop().found(request.headers())) {
      throw new ProblemException(Problem.LOOP);
    }
    String listener = exchange.listener().name();
    if (!served.routes().takes(listener, exchange.target().host())) {
      throw new ProblemException(
          exchange.arrival().secure() ? Problem.WRONG_HOST : Problem.NO_ROUTE);
    }
    Matched matched =
        served.routes().find(listener, exchange.target(), method, request.headers(), sides);
    if (matched == null) {
      throw new ProblemException(Problem.NO_ROUTE);
    }
    Side side = matched.rule().side();
    String release = side == null ? null : side.release();
    exchange.matched(matched.rule().routeId(), matched.rule().rule(), release);
    if (release != null) {
      ReleaseShown.on(exchange, release);
    }
    return matched;
  }

  private Future<Void> answer(
      Exchange exchange, Matched matched, Served served, @Nullable RequestBody body) {
    RuleFilters filters = matched.rule().filters();
    exchange.countedBy(matched.rule().counters());
    if (matched.rule().rule().asksModels()) {
      exchange.model(served.models().begin(exchange, inference -> inferred(exchange, inference)));
    }
    Reply reply = exchange.reply();
    CorsFilter cors = filters.cors();
    if (cors != null && CorsFilter.preflight(exchange.request())) {
      cors.answerPreflight(exchange.request().headers(), reply.status(204).headers());
      exchange.reason("cors-preflight");
      return reply.end();
    }
    responseFilters(exchange, filters);
    AccessRule asked = matched.rule().rule().access();
    Future<Void> later =
        asked == null ? null : served.authenticator().authenticate(exchange, asked);
    return later == null
        ? known(exchange, matched, served, body)
        : later.compose(_ -> known(exchange, matched, served, body));
  }

  /** Of the caller who may ask. */
  private Future<Void> known(
      Exchange exchange, Matched matched, Served served, @Nullable RequestBody body) {
    ModelStep.Turn model = exchange.model();
    return model == null
        ? understood(exchange, matched, served, body, backend(matched))
        : model
            .read(body)
            .compose(_ -> understood(exchange, matched, served, body, model.backend()));
  }

  /** Of the request whose backend is known; null: none is asked. */
  private Future<Void> understood(
      Exchange exchange,
      Matched matched,
      Served served,
      @Nullable RequestBody body,
      @Nullable BackendRef backend) {
    LimitStep.Turn turn = limits.begin(exchange, backend);
    if (turn == null) {
      return admitted(exchange, matched, served, body, backend);
    }
    exchange.turn(turn);
    Future<Void> later = turn.admitted();
    return later == null
        ? admitted(exchange, matched, served, body, backend)
        : later.compose(_ -> admitted(exchange, matched, served, body, backend));
  }

  private static @Nullable BackendRef backend(Matched matched) {
    return matched.rule().rule().unavailable() != null
        ? null
        : WeightedChoice.choose(
            matched.rule().rule().backends(), ThreadLocalRandom.current()::nextLong);
  }

  /** Of the request that no limit refused. */
  private Future<Void> admitted(
      Exchange exchange,
      Matched matched,
      Served served,
      @Nullable RequestBody body,
      @Nullable BackendRef backend) {
    RuleFilters filters = matched.rule().filters();
    Reply reply = exchange.reply();
    if (filters.redirect() != null) {
      String location =
          Redirects.location(
              filters.redirect(), exchange.listener(), exchange.target(), matched.prefix());
      reply.status(filters.redirect().statusCode()).headers().set("location", location);
      exchange.reason("redirect");
      return reply.end(Buffer.buffer());
    }
    ModelStep.Turn model = exchange.model();
    if (backend == null) {
      if (model != null) {
        return model.answer();
      }
      throw new ProblemException(Problem.UNAVAILABLE);
    }
    choose(exchange, matched, served, backend, body);
    if (upgrades(exchange)) {
      return upgrade(exchange, served, backend);
    }
    Origin origin =
        model == null
            ? served.origins().origin(exchange, backend)
            : asking(exchange, matched, served, model);
    LimitStep.Turn turn = exchange.turn();
    return cache.answer(exchange, turn == null ? origin : turn.before(origin));
  }

  /** The model that was chosen. */
  static Origin asking(Exchange exchange, Matched matched, Served served, ModelStep.Turn model) {
    return model.asking(
        new OfShares(exchange, served.origins()), matched.rule().filters().request());
  }

  /** Whom the shares of an exchange's rule ask. */
  private record OfShares(Exchange exchange, Origins origins) implements ModelStep.Backends {
    @Override
    public Origin origin(BackendRef share) {
      Origin model = origins.origin(exchange, share);
      LimitStep.Turn turn = exchange.turn();
      return turn == null ? model : turn.calling(model);
    }

    @Override
    public @Nullable Target host(BackendRef share) {
      return origins.ownHost(share);
    }
  }

  private static Future<Void> upgrade(Exchange exchange, Served served, BackendRef backend) {
    exchange.reason("upgrade");
    LimitStep.Turn turn = exchange.turn();
    Future<Void> later = turn == null ? null : turn.toBackend();
    return later == null
        ? served.origins().tunnel(exchange, backend, exchange.originRequest())
        : later.compose(_ -> served.origins().tunnel(exchange, backend, exchange.originRequest()));
  }

  /** Sets who is asked, and how, and by what that is counted. */
  static void choose(
      Exchange exchange,
      Matched matched,
      Served served,
      BackendRef backend,
      @Nullable RequestBody body) {
    exchange.countedBy(matched.rule().counters().release(backend.generation()));
    exchange.chosen(
        backend,
        asked ->
            new OriginRequests(
                    new Forwarding(
                        served.loop(), keyed(exchange, matched), exchange.arrival().version()),
                    matched,
                    served.origins().ownHost(backend),
                    body)
                .of(asked));
  }

  /** The fields in the key, where the answer may be kept for others; else null. */
  private static @Nullable List<String> keyed(Exchange exchange, Matched matched) {
    CacheRule cache = matched.rule().rule().cache();
    HttpMethod method = exchange.request().method();
    boolean shareable =
        (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) && !exchange.hasContent();
    return cache == null || !shareable ? null : cache.headers();
  }

  private static void responseFilters(Exchange exchange, RuleFilters filters) {
    CorsFilter cors = filters.cors();
    if (cors != null) {
      String origin = exchange.request().getHeader("origin");
      exchange.reply().filter(reply -> cors.answer(origin, reply.headers()));
    }
    if (!filters.response().isEmpty()) {
      exchange
          .reply()
          .filter(reply -> filters.response().forEach(change -> change.apply(reply.headers())));
    }
  }

  /**
   * RFC 6455 §4.1: a GET. With content it is none: the backend would take what comes after for it,
   * be that the next client's request.
   */
  public static boolean upgrades(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    return exchange.arrival().version() == HttpVersion.HTTP_1_1
        && HttpMethod.GET.equals(request.method())
        && !exchange.hasContent()
        && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaderNames.UPGRADE));
  }

  /** A model was asked for it, and that has ended; the exchange may have, too. */
  private void inferred(Exchange exchange, Inference inference) {
    exchange.inferred(inference);
    LimitStep.Turn turn = exchange.turn();
    if (turn != null) {
      turn.inferred(inference);
    }
    observer.inferred(exchange, inference);
  }

  private void ended(Exchange exchange) {
    exchange.timings().markEnded();
    Reply reply = exchange.reply();
    if ((exchange.hasContent() || reply.closesAfter()) && reply.status() != 101) {
      UnreadBody.discard(exchange.request(), reply.closesAfter());
    }
    LimitStep.Turn turn = exchange.turn();
    if (turn != null) {
      turn.ended();
    }
    observer.ended(exchange);
  }

  private void failed(Exchange exchange, Throwable cause, @Nullable RequestBody body) {
    Reply reply = exchange.reply();
    if (!reply.begun() && !reply.gone()) {
      ProblemReply.write(exchange, problem(cause, body));
    } else if (!reply.gone() && !reply.broken()) {
      reply.breakOff();
    }
    ended(exchange);
  }

  private static ProblemException problem(Throwable cause, @Nullable RequestBody body) {
    if (body != null && body.tooLarge()) {
      return new ProblemException(Problem.BODY_TOO_LARGE);
    }
    return cause instanceof ProblemException problem
        ? problem
        : new ProblemException(Problem.INTERNAL, cause);
  }
}
