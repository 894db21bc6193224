package io.warmgate.server.ai;

import io.warmgate.config.Access;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendLimits;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.CacheRule;
import io.warmgate.config.ClientLimits;
import io.warmgate.config.Ejection;
import io.warmgate.config.Filter;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.GatewayRef;
import io.warmgate.config.Listener;
import io.warmgate.config.LoadBalancing;
import io.warmgate.config.Match;
import io.warmgate.config.Model;
import io.warmgate.config.PathMatch;
import io.warmgate.config.Retry;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Shift;
import io.warmgate.config.Telemetry;
import io.warmgate.config.Timeouts;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.server.cache.Pod;
import io.warmgate.server.cache.redis.RedisAddress;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Observer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A pod with a rule of models, for tests. */
public final class ModelPod implements AutoCloseable {
  /** A policy that keeps answers for a minute, for everybody. */
  static final CacheRule KEPT =
      new CacheRule(
          60_000L,
          null,
          null,
          null,
          new CacheRule.QueryKey(CacheRule.QueryKey.Mode.ALL, List.of()),
          List.of(),
          CacheRule.Tags.NONE,
          30_000,
          CacheRule.OnLogLoss.SERVE);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Requests that were answered by another's fetch. */
  final AtomicInteger joined = new AtomicInteger();

  final List<Exchange> ended = new CopyOnWriteArrayList<>();

  /** Requests that came. */
  final AtomicInteger begun = new AtomicInteger();

  /** What was told of calls to models. */
  final List<Inference> inferred = new CopyOnWriteArrayList<>();

  /** Sees what this pod does, too. */
  volatile Observer watching = Observer.NONE;

  final Pod pod =
      new Pod(
          new Observer() {
            @Override
            public void begun(Exchange exchange) {
              watching.begun(exchange);
              begun.incrementAndGet();
            }

            @Override
            public void happened(Event event) {
              if (event == Event.JOINED_IN_POD) {
                joined.incrementAndGet();
              }
            }

            @Override
            public void inferred(Exchange exchange, Inference inference) {
              inferred.add(inference);
              watching.inferred(exchange, inference);
            }

            @Override
            public void ended(Exchange exchange) {
              watching.ended(exchange);
              ended.add(exchange);
            }
          });
  private final List<Model> models = new ArrayList<>();
  private final List<Backend> backends = new ArrayList<>();
  private final List<BackendRef> refs = new ArrayList<>();
  private final List<BackendRef> nextRefs = new ArrayList<>();
  private int percent;
  private final List<Filter> filters = new ArrayList<>();
  private @Nullable CacheRule cache;
  private CacheLayers.@Nullable SharedCache shared;
  private long memory = 16 << 20;
  private Timeouts timeouts = new Timeouts(0, 0);
  private Retry retry = new Retry(0, 0);
  private Access access = Access.NOBODY;
  private Telemetry telemetry = new Telemetry(false, null);
  @Nullable GatewayConfig config;
  private UnaryOperator<Rule> rules = rule -> rule;

  public int port() {
    return pod.port;
  }

  /** A model that is called by its provider's name with {@code provider-} before it. */
  public ModelPod model(String name, Model.Provider provider, int port, String basePath) {
    return model(
        new Model(
            "test/" + name,
            provider,
            "provider-" + name,
            List.of(name),
            pod.value("sk-of-" + name),
            512,
            List.of("look_up")),
        port,
        basePath);
  }

  public ModelPod model(Model model, int port, String basePath) {
    return model(model, port, basePath, 0);
  }

  /** A model that is called as another one is, and stands in for it. */
  ModelPod standIn(String name, String publicName, Model.Provider provider, int port) {
    Model model =
        new Model(
            "test/" + name,
            provider,
            "provider-" + name,
            List.of(name, publicName),
            null,
            512,
            List.of());
    return model(model, port, provider == Model.Provider.ANTHROPIC ? "" : "/v1", 1);
  }

  ModelPod model(Model model, int port, String basePath, int priority) {
    add(model, port, basePath);
    refs.add(new BackendRef(model.id(), 1, "g1", model.id(), priority));
    return this;
  }

  /**
   * A model of the route's next release, which is {@code r-next}; the other one is {@code r-now}.
   */
  ModelPod next(Model model, int port, String basePath) {
    add(model, port, basePath);
    nextRefs.add(new BackendRef(model.id(), 1, "g2", model.id(), 0));
    return this;
  }

  /** So much of the traffic is the next release's. */
  ModelPod shifted(int share) {
    percent = share;
    return this;
  }

  private void add(Model model, int port, String basePath) {
    models.add(model);
    backends.add(
        new Backend(
            model.id(),
            new Backend.Url("127.0.0.1", port, basePath),
            null,
            new LoadBalancing(LoadBalancing.Policy.LEAST_REQUEST, null),
            new Ejection(0, 0),
            new BackendLimits(null, null, 0, 0)));
  }

  /** The models in their place are others from the next {@link #serve} on. */
  ModelPod changed(UnaryOperator<Model> change) {
    models.replaceAll(change);
    return this;
  }

  ModelPod filter(Filter filter) {
    filters.add(filter);
    return this;
  }

  public ModelPod cached(CacheRule rule) {
    cache = rule;
    return this;
  }

  /** Keeps answers, and counts, in that Redis, one of so many pods. */
  ModelPod sharing(RedisAddress redis, int pods) {
    shared = pod.sharing(redis, pods);
    return this;
  }

  /** Keeps so many bytes in memory. */
  ModelPod holding(long bytes) {
    memory = bytes;
    return this;
  }

  /** Each model that is there is asked one question at a time; others wait. */
  ModelPod oneAtATime() {
    BackendLimits one = new BackendLimits(1, null, 10, 60_000);
    backends.replaceAll(
        any ->
            new Backend(
                any.id(), any.target(), any.tls(), any.loadBalancing(), any.ejection(), one));
    return this;
  }

  ModelPod within(long requestMillis) {
    timeouts = new Timeouts(requestMillis, 0);
    return this;
  }

  ModelPod beginning(long firstTokenMillis) {
    timeouts = new Timeouts(0, 0, firstTokenMillis);
    return this;
  }

  ModelPod trying(int again) {
    retry = new Retry(again, 1);
    return this;
  }

  ModelPod telling(Telemetry wanted) {
    telemetry = wanted;
    return this;
  }

  ModelPod ruled(UnaryOperator<Rule> changed) {
    rules = changed;
    return this;
  }

  ModelPod knowing(Access callers) {
    access = callers;
    return this;
  }

  private Rule rule(List<BackendRef> asked) {
    return rules.apply(
        new Rule(
            "0",
            List.of(
                new Match(new PathMatch(PathMatch.Type.PREFIX, "/"), List.of(), List.of(), null)),
            filters,
            asked,
            null,
            timeouts,
            retry,
            cache));
  }

  public ModelPod serve() {
    Shift shift =
        nextRefs.isEmpty()
            ? null
            : new Shift("r-now", "r-next", List.of(rule(nextRefs)), percent, null, List.of());
    config =
        new GatewayConfig(
            new GatewayRef("test", "edge", "uid-1"),
            List.of(
                new Listener(
                    "http", pod.port, pod.port, Listener.Protocol.HTTP, null, null, List.of())),
            List.of(new Route("test/ai", List.of("http"), List.of(), List.of(rule(refs)), shift)),
            backends,
            new CacheLayers(memory, shared),
            new ClientLimits(16_384, 0, 10_000, 60_000, 10_000),
            telemetry,
            null,
            access,
            models);
    pod.take(config);
    return this;
  }

  /** As a list of a warm-up has it. */
  WarmRequest question(String path, String content, @Nullable String consumer) {
    return new WarmRequest(
        "POST",
        "http",
        null,
        "127.0.0.1:" + pod.port,
        path,
        List.of(),
        new WarmRequest.Question(content, consumer));
  }

  /**
   * @param release that is warmed; empty: the one that serves
   */
  WarmReport.Outcome warm(String release, WarmOrder.Action action, WarmRequest request) {
    WarmOrder order = new WarmOrder("test/ai", release, action, 1, 10_000, List.of(request));
    return Pod.await(pod.warm(order)).outcomes().getFirst();
  }

  CompletableFuture<HttpResponse<String>> ask(
      String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pod.port + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return get(ask("POST", path, body, headers));
  }

  HttpResponse<String> get(String path, String... headers) {
    return get(ask("GET", path, "", headers));
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static String status(HttpResponse<?> response) {
    return response.headers().firstValue("cache-status").orElse("");
  }

  @Override
  public void close() {
    pod.close();
  }
}
