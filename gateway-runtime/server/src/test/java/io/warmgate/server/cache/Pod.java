package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendLimits;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.CacheRule;
import io.warmgate.config.ClientLimits;
import io.warmgate.config.Ejection;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.GatewayRef;
import io.warmgate.config.IdempotencyRule;
import io.warmgate.config.Limit;
import io.warmgate.config.Listener;
import io.warmgate.config.LoadBalancing;
import io.warmgate.config.Match;
import io.warmgate.config.Model;
import io.warmgate.config.PathMatch;
import io.warmgate.config.Retry;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Telemetry;
import io.warmgate.config.Timeouts;
import io.warmgate.config.ValueRef;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.server.FreePort;
import io.warmgate.server.PreviewToken;
import io.warmgate.server.access.Revoked;
import io.warmgate.server.cache.log.GatewayLog;
import io.warmgate.server.cache.redis.RedisAddress;
import io.warmgate.server.cache.store.EntryCodec;
import io.warmgate.server.credential.Check;
import io.warmgate.server.credential.CredentialBook;
import io.warmgate.server.credential.Pace;
import io.warmgate.server.credential.Proofs;
import io.warmgate.server.exchange.CacheStep;
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.idempotency.Idempotency;
import io.warmgate.server.limit.Limits;
import io.warmgate.server.listener.DataplaneSettings;
import io.warmgate.server.listener.Doors;
import io.warmgate.server.listener.GatewayVertx;
import io.warmgate.server.listener.ListeningDataplane;
import io.warmgate.server.listener.Steps;
import io.warmgate.server.upstream.EndpointDirectory;
import io.warmgate.server.version.Ear;
import io.warmgate.server.version.Lately;
import io.warmgate.server.version.Poll;
import io.warmgate.server.version.VersionBook;
import io.warmgate.server.version.VersionWatch;
import io.warmgate.server.warm.PodWarming;
import io.warmgate.server.warm.WarmCounts;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A pod's data plane with its cache, on a loopback port. */
public final class Pod implements AutoCloseable {
  static final CacheRule HONOR = rule(CacheRule.OnLogLoss.SERVE, 30_000);

  /** What every pod is called by its clients, so that pods share keys. */
  static final String HOST = "gateway.test";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final GivenValues values = new GivenValues();

  private static final int EVENT_LOOPS = 2;

  /** For how long an idempotency key is held for a pod that is not heard of. */
  static final long LEASE_MILLIS = 6_000;

  public final int port = FreePort.onLoopback();
  final AtomicLong heartbeatAgeMillis = new AtomicLong();
  final PreviewToken preview = new PreviewToken();
  public final GatewayLog log;
  public final HttpCache cache;
  final WarmCounts warmed = new WarmCounts();
  final PodWarming warming;
  final AtomicInteger answering = new AtomicInteger(1);
  public final Limits limits;
  final Idempotency idempotency;
  private final Vertx vertx;
  private final ListeningDataplane dataplane;
  private final LateProofs proofs = new LateProofs();
  private final LateWatch versions = new LateWatch();

  /** Nobody's, until a test wants to know. */
  private static final class LateProofs implements Proofs {
    private Proofs wanted = Proofs.NONE;

    @Override
    public Proof of(String model, String account) {
      return wanted.of(model, account);
    }

    @Override
    public void use(List<Check> checks) {
      wanted.use(checks);
    }

    @Override
    public void close() {
      wanted.close();
    }
  }

  /** The same of the versions that servers have. */
  private static final class LateWatch implements VersionWatch {
    private VersionWatch wanted = VersionWatch.NONE;

    @Override
    public void use(List<Poll> polls) {
      wanted.use(polls);
    }

    @Override
    public Ear ear(Model model, Backend backend) {
      return wanted.ear(model, backend);
    }

    @Override
    public void close() {
      wanted.close();
    }
  }

  public Pod() {
    this(Observer.NONE);
  }

  public Pod(Observer observer) {
    this(observer, EntryCodec::of, (_, inside) -> inside);
  }

  /** A runtime whose entries in Redis are of these codecs. */
  Pod(Observer observer, EntryCodec.Choice codecs) {
    this(observer, codecs, (_, inside) -> inside);
  }

  /**
   * @param before made of what this pod treats as revoked: a step before the cache
   */
  Pod(Observer observer, BiFunction<Revoked, CacheStep, CacheStep> before) {
    this(observer, EntryCodec::of, before);
  }

  private Pod(
      Observer observer,
      EntryCodec.Choice codecs,
      BiFunction<Revoked, CacheStep, CacheStep> before) {
    Doors doors = new Doors();
    vertx = GatewayVertx.create(doors, EVENT_LOOPS, null);
    log = new GatewayLog(vertx, "uid-1", heartbeatAgeMillis::get);
    cache = new HttpCache(vertx, log, observer, codecs);
    limits = new Limits(vertx, "uid-1", UUID.randomUUID().toString(), answering::get);
    idempotency = Idempotency.leasing(vertx, "uid-1", LEASE_MILLIS);
    dataplane =
        new ListeningDataplane(
            vertx,
            doors,
            new DataplaneSettings(InetAddress.ofLiteral("127.0.0.1"), true, 2, 9443),
            new EndpointDirectory(vertx, () -> true),
            new Steps(before.apply(log.revoked(), idempotency.before(cache)), observer, preview)
                .limitedBy(limits)
                .proving(proofs)
                .watching(versions));
    warming = new PodWarming(vertx, dataplane::served, cache, warmed);
  }

  /** Serves everything from one origin. */
  Pod serve(int origin, @Nullable CacheRule rule, String generation, @Nullable RedisAddress redis) {
    return take(config(origin, rule, generation, redis));
  }

  /** Serves what the configuration says. */
  public Pod take(GatewayConfig config) {
    await(dataplane.take(config, values));
    cache.use(config.cache(), values);
    limits.use(config, values);
    idempotency.use(config, values);
    warming.taken(config);
    return this;
  }

  /** Where it keeps answers, and counts, from the next configuration on, one of so many pods. */
  public CacheLayers.SharedCache sharing(RedisAddress redis, int pods) {
    answering.set(pods);
    return values.shared(redis);
  }

  /** What it knows of models' credentials, from the next configuration on. */
  public CredentialBook proving(Pace pace) {
    CredentialBook book = new CredentialBook(vertx, pace);
    proofs.wanted = book;
    return book;
  }

  /** What it knows of the versions that servers have, from the next configuration on. */
  public VersionBook watching(VersionBook.Pace pace) {
    return watching(new VersionBook(vertx, pace, Lately.USUAL));
  }

  /** The same of what is heard in answers. */
  public VersionBook hearing(Lately lately) {
    return watching(new VersionBook(vertx, VersionBook.Pace.USUAL, lately));
  }

  private VersionBook watching(VersionBook book) {
    versions.wanted = book;
    return book;
  }

  /** What a configuration names that value by, from now on. */
  public @Nullable ValueRef value(String text) {
    return values.ref(text);
  }

  /** What it has counted of its one rule; empty before the first request. */
  Optional<RuleTraffic> traffic() {
    return dataplane.traffic().read().stream().findFirst();
  }

  /** What it says of a request. */
  public Explanation explain(ExplainRequest asked) {
    Promise<Explanation> done = Promise.promise();
    vertx.runOnContext(
        _ -> new Explainer(dataplane::served, cache, preview).explain(asked).onComplete(done));
    return await(done.future());
  }

  /** What it was asked most for on a route. */
  public HotRequests hot(String route, int top) {
    Promise<HotRequests> done = Promise.promise();
    vertx.runOnContext(_ -> warming.hot(route, top).onComplete(done));
    return await(done.future());
  }

  /** What became of an order; fails as it is refused. */
  public Future<WarmReport> warm(WarmOrder order) {
    Promise<WarmReport> done = Promise.promise();
    vertx.runOnContext(_ -> warming.warm(order).onComplete(done));
    return done.future();
  }

  Future<ReadReport> read(ReadOrder order) {
    Promise<ReadReport> done = Promise.promise();
    vertx.runOnContext(_ -> warming.read(order).onComplete(done));
    return done.future();
  }

  static CacheRule rule(CacheRule.OnLogLoss onLogLoss, long maxUnverifiedMillis) {
    return rule(onLogLoss, maxUnverifiedMillis, null);
  }

  /** That lets stale answers be used for so long, both while revalidating and on errors. */
  static CacheRule stale(long millis) {
    return rule(CacheRule.OnLogLoss.SERVE, 30_000, millis);
  }

  private static CacheRule rule(
      CacheRule.OnLogLoss onLogLoss, long maxUnverifiedMillis, @Nullable Long staleMillis) {
    return new CacheRule(
        null,
        null,
        staleMillis,
        staleMillis,
        new CacheRule.QueryKey(CacheRule.QueryKey.Mode.EXCLUDE, List.of("utm_*")),
        List.of(),
        new CacheRule.Tags(List.of("surrogate-key"), List.of()),
        maxUnverifiedMillis,
        onLogLoss);
  }

  CompletableFuture<HttpResponse<String>> ask(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("host", HOST);
  }

  HttpResponse<String> get(String path, String... headers) {
    return get(ask(path, headers));
  }

  HttpResponse<String> send(String method, String path, String... headers) {
    return sendTo(HOST, method, path, headers);
  }

  /** What a request with content gets. */
  CompletableFuture<HttpResponse<String>> post(String path, String body, String... headers) {
    HttpRequest.Builder request =
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)).headers(headers);
    return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> sendTo(String host, String method, String path, String... headers) {
    HttpRequest.Builder request =
        request(path).setHeader("host", host).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return get(CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  static String status(HttpResponse<?> response) {
    return response.headers().firstValue("cache-status").orElse("");
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  public static <T> T await(Future<T> future) {
    return get(future.toCompletionStage().toCompletableFuture());
  }

  /** Waits until Redis is trusted, and every event loop has its connection. */
  public Pod awaitRedis() {
    org.awaitility.Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () -> log.purges().trustedEpoch() != null && cache.redisConnections() == EVENT_LOOPS);
    return this;
  }

  /** Waits until limits are counted in Redis on every event loop. */
  public Pod awaitLimits() {
    org.awaitility.Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> limits.redisConnections() == EVENT_LOOPS);
    return this;
  }

  /** Serves everything from one origin, within these limits. */
  Pod serveLimited(
      int origin, @Nullable CacheRule rule, @Nullable RedisAddress redis, Limit... limits) {
    GatewayConfig all = config(origin, rule, "g1", redis);
    Route route = all.routes().getFirst();
    Rule limited = route.rules().getFirst().withLimits(List.of(limits));
    return take(
        new GatewayConfig(
            all.gateway(),
            all.listeners(),
            List.of(new Route(route.id(), route.listeners(), route.hostnames(), List.of(limited))),
            all.backends(),
            all.cache(),
            all.limits(),
            all.telemetry()));
  }

  /** Waits until idempotency keys are looked up in Redis on every event loop. */
  Pod awaitKeys() {
    org.awaitility.Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> idempotency.redisConnections() == EVENT_LOOPS);
    return this;
  }

  /** Serves everything from one origin, with idempotency keys and within these limits. */
  Pod serveKeyed(
      int origin,
      @Nullable CacheRule rule,
      @Nullable RedisAddress redis,
      IdempotencyRule keys,
      Limit... limits) {
    GatewayConfig all = config(origin, rule, "g1", redis);
    Route route = all.routes().getFirst();
    Rule keyed = route.rules().getFirst().withIdempotency(keys).withLimits(List.of(limits));
    return take(
        new GatewayConfig(
            all.gateway(),
            all.listeners(),
            List.of(new Route(route.id(), route.listeners(), route.hostnames(), List.of(keyed))),
            all.backends(),
            all.cache(),
            all.limits(),
            all.telemetry()));
  }

  /** Says no more to Redis, as if it had been killed: what it holds there runs out. */
  void die() {
    cache.close();
    limits.close();
    idempotency.close();
  }

  @Override
  public void close() {
    warming.close();
    limits.close();
    idempotency.close();
    cache.close();
    await(dataplane.close(Duration.ofMillis(1)));
    await(vertx.close());
  }

  /** Everything from one origin. */
  GatewayConfig config(
      int origin, @Nullable CacheRule rule, String generation, @Nullable RedisAddress redis) {
    Rule all =
        new Rule(
            "0",
            List.of(
                new Match(new PathMatch(PathMatch.Type.PREFIX, "/"), List.of(), List.of(), null)),
            List.of(),
            List.of(new BackendRef("origin", 1, generation)),
            null,
            new Timeouts(0, 0),
            new Retry(0, 0),
            rule);
    return new GatewayConfig(
        new GatewayRef("test", "edge", "uid-1"),
        List.of(new Listener("http", port, port, Listener.Protocol.HTTP, null, null, List.of())),
        List.of(new Route("test/all", List.of("http"), List.of(), List.of(all))),
        List.of(
            new Backend(
                "origin",
                new Backend.Service("test/origin:" + origin, "127.0.0.1", origin),
                null,
                new LoadBalancing(LoadBalancing.Policy.LEAST_REQUEST, null),
                new Ejection(0, 0),
                new BackendLimits(null, null, 0, 0))),
        new CacheLayers(16 << 20, redis == null ? null : values.shared(redis)),
        new ClientLimits(16_384, 0, 10_000, 60_000, 10_000),
        new Telemetry(false, null));
  }
}
