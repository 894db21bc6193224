package io.warmgate.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.CacheRule;
import io.warmgate.config.CacheShare;
import io.warmgate.config.Rule;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation.Cached;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.EntrySeal;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.server.Values;
import io.warmgate.server.cache.lease.Leases;
import io.warmgate.server.cache.log.GatewayLog;
import io.warmgate.server.cache.log.LogKeys;
import io.warmgate.server.cache.redis.RedisAddress;
import io.warmgate.server.cache.redis.RedisLink;
import io.warmgate.server.cache.store.EncryptionKeys;
import io.warmgate.server.cache.store.EntryCodec;
import io.warmgate.server.cache.store.LocalStore;
import io.warmgate.server.cache.store.RedisShare;
import io.warmgate.server.cache.store.SharedChunks;
import io.warmgate.server.cache.store.SharedStore;
import io.warmgate.server.exchange.CacheStep;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Items;
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.hot.HotSketches;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cache's step in the chain: answers out of L1 or L2, or fetches once for everybody who asks
 * the same at the same time. What it does with one request is in {@link CachedRequest}.
 */
public final class HttpCache implements CacheStep, AutoCloseable {
  private final Vertx vertx;
  private final Parts parts;
  private final EntryCodec.Choice codecs;
  private final WithoutPolicy withoutPolicy;
  private @Nullable RedisAddress address;
  private @Nullable EntrySeal sealing;
  private CacheShare sharing = CacheShare.QUARTER;
  private @Nullable RedisLink redis;
  private @Nullable RedisLink bulk;
  private @Nullable Leases leases;

  /** One recipe a share of a rule; they go with the revision they came with. */
  private final Cache<BackendRef, Recipe> recipes =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

  /**
   * What every request's handling shares.
   *
   * @param uses of what policies keep once it was asked for often enough
   * @param answers what paths were answered lately
   * @param sightings of what may be answered by entries
   * @param fills by key, those that others may wait for
   * @param ranges the same of ranges
   */
  record Parts(
      Layers layers,
      LocalStore local,
      GatewayLog log,
      Observer observer,
      UseCounts uses,
      AnswerMemory answers,
      Sightings sightings,
      ConcurrentHashMap<io.warmgate.httpcache.key.CacheKey, Fill> fills,
      ConcurrentHashMap<RangeFill.Wanted, RangeFill> ranges) {}

  public HttpCache(Vertx vertx, GatewayLog log, Observer observer) {
    this(vertx, log, observer, EntryCodec::of);
  }

  /**
   * @param codecs what entries are written and read by in Redis
   */
  HttpCache(Vertx vertx, GatewayLog log, Observer observer, EntryCodec.Choice codecs) {
    this.vertx = vertx;
    this.codecs = codecs;
    LocalStore local = new LocalStore(0);
    this.parts =
        new Parts(
            new Layers(local, log.purges()),
            local,
            log,
            observer,
            new UseCounts(Ticker.systemTicker()),
            new AnswerMemory(),
            new Sightings(new HotSketches(eventLoops(vertx))),
            new ConcurrentHashMap<>(),
            new ConcurrentHashMap<>());
    this.withoutPolicy = new WithoutPolicy(parts);
    log.countBy(new LocalCount(local, log.purges())::of);
  }

  /**
   * Keeps answers where the configuration says, from now on. What is in memory stays.
   *
   * @throws io.warmgate.config.ConfigException where a value is missing or of no use
   */
  public synchronized void use(CacheLayers layers, Values values) {
    CacheLayers.SharedCache shared = layers.shared();
    RedisAddress wanted = shared == null ? null : RedisAddress.of(shared, values);
    EntrySeal seal = shared == null ? null : EncryptionKeys.of(shared, values);
    parts.local().use(layers.localMaxBytes(), layers.localEviction());
    CacheShare ofMemory = layers.partitionShares().memory();
    parts
        .local()
        .share(ofMemory.boundsNobody() ? Long.MAX_VALUE : ofMemory.of(layers.localMaxBytes()));
    CacheShare ofRedis = layers.partitionShares().redis();
    if (Objects.equals(wanted, address)) {
      restore(seal, ofRedis);
      return;
    }
    sealing = seal;
    sharing = ofRedis;
    RedisLink before = redis;
    RedisLink bulkBefore = bulk;
    address = wanted;
    Leases leasesBefore = leases;
    if (wanted == null) {
      redis = null;
      bulk = null;
      leases = null;
      parts.layers().use(null, null, null);
    } else {
      RedisLink link = new RedisLink(vertx, wanted);
      redis = link;
      RedisLink chunks = new RedisLink(vertx, wanted);
      bulk = chunks;
      leases = new Leases(vertx, link, wanted, parts.log().keys()).start();
      useStores(link, chunks);
      link.openAll();
      chunks.openAll();
    }
    if (leasesBefore != null) {
      leasesBefore.close();
    }
    parts.log().use(wanted);
    if (before != null) {
      before.close();
    }
    if (bulkBefore != null) {
      bulkBefore.close();
    }
  }

  /** How many event loops have their connections to Redis, that for chunks included. */
  public synchronized int redisConnections() {
    return redis == null || bulk == null ? 0 : Math.min(redis.connections(), bulk.connections());
  }

  /** The keys, or what a partition may take, may be others; the connections stay. */
  private void restore(@Nullable EntrySeal seal, CacheShare ofRedis) {
    boolean same = Objects.equals(seal, sealing) && ofRedis.equals(sharing);
    if (redis != null && bulk != null && !same) {
      sealing = seal;
      sharing = ofRedis;
      useStores(redis, bulk);
    }
  }

  private void useStores(RedisLink link, RedisLink chunks) {
    EntryCodec codec = codecs.of(sealing);
    LogKeys keys = parts.log().keys();
    RedisShare share = new RedisShare(sharing, link);
    parts
        .layers()
        .use(
            new SharedStore(link, keys, codec, parts.observer(), share),
            new SharedChunks(chunks, keys, codec, parts.observer(), share),
            leases);
  }

  private static int eventLoops(Vertx vertx) {
    int loops = 0;
    for (var _ : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      loops++;
    }
    return loops;
  }

  /** What this pod is asked most for. */
  public HotSketches hot() {
    return parts.sightings().sketches();
  }

  /** Where the pods of a gateway keep what they are asked most for. */
  public HotShelf shelf() {
    return new HotShelf(parts.layers(), parts.log());
  }

  /** A request's primary key, and what its answers vary by, as far as memory knows. */
  public Optional<Keyed> keyed(Exchange exchange, Origin origin) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    BackendRef backend = Objects.requireNonNull(exchange.backend(), "a backend was chosen");
    CacheRule cache = rule.cache();
    if (cache == null) {
      return Optional.empty();
    }
    Recipe recipe = recipes.get(backend, chosen -> Recipe.of(rule, cache, chosen.generation()));
    CachedRequest request = new CachedRequest(parts, recipe, exchange, origin, null);
    if (request.beforeLookup() != null) {
      return Optional.empty();
    }
    io.warmgate.httpcache.key.CacheKey primary = request.primary();
    LocalStore.Held held = parts.local().peek(primary);
    List<String> names =
        held != null && held.slot() instanceof VariantIndex index ? index.names() : List.of();
    return Optional.of(new Keyed(primary.id(), names));
  }

  /**
   * What a request is looked up by.
   *
   * @param id of the primary key
   * @param varied names of fields; empty: none, or none that memory knows
   */
  public record Keyed(long id, List<String> varied) {}

  /** What is in this pod's memory. */
  public LocalStore local() {
    return parts.local();
  }

  @Override
  public Future<Void> answer(Exchange exchange, Origin origin) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    BackendRef backend = Objects.requireNonNull(exchange.backend(), "a backend was chosen");
    CacheRule cache = rule.cache();
    if (cache == null) {
      return withoutPolicy.answer(exchange, origin);
    }
    withoutPolicy.others();
    Recipe recipe = recipes.get(backend, chosen -> Recipe.of(rule, cache, chosen.generation()));
    Inferred inferred = inferred(exchange);
    Items items = inferred == null ? null : inferred.question().items();
    if (inferred != null && items != null) {
      return new CachedItems(parts, recipe, exchange, origin, inferred.question(), items).answer();
    }
    if (inferred != null) {
      return new CachedRequest(parts, recipe, exchange, origin, inferred).answer();
    }
    return recipe.treatment().readsContent(exchange)
        ? posted(recipe, exchange, origin)
        : new CachedRequest(parts, recipe, exchange, origin, null).answer();
  }

  /** What would be done with the exchange's request, and why. Nothing is done. */
  public Future<Explained> explain(Exchange exchange, Origin origin, ExplainRequest asked) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    BackendRef backend = Objects.requireNonNull(exchange.backend(), "a backend was chosen");
    CacheRule cache = rule.cache();
    if (cache == null) {
      Decision pass = new Decision.Pass(Reason.NO_POLICY, Reason.NO_POLICY);
      Cached cached = new Cached(null, null, null, null, null);
      return Future.succeededFuture(new Explained(Shown.decided(pass), cached, null));
    }
    Recipe recipe = Recipe.of(rule, cache, backend.generation());
    Told told = explained(exchange);
    if (told == null && recipe.treatment().readsContent(exchange)) {
      told = Posted.imagined(asked.content(), recipe.treatment().maxContent());
    }
    CachedRequest request = new CachedRequest(parts, recipe, exchange, origin, told);
    return new ExplainedRequest(request, cache).explain(asked.origin());
  }

  /**
   * Answers the exchange's request, which has nobody who waits for it, so far as the order's action
   * says; what may be kept is kept. Called on the exchange's event loop.
   */
  public Future<WarmReport.Outcome> warm(Exchange exchange, Origin origin, WarmOrder order) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    BackendRef backend = Objects.requireNonNull(exchange.backend(), "a backend was chosen");
    CacheRule cache = rule.cache();
    if (cache == null) {
      return Future.succeededFuture(WarmedRequest.notCached(Reason.NO_POLICY));
    }
    Recipe recipe = recipes.get(backend, chosen -> Recipe.of(rule, cache, chosen.generation()));
    Inferred inferred = inferred(exchange);
    Items items = inferred == null ? null : inferred.question().items();
    if (inferred != null && items != null) {
      return new WarmedRequest(
              new CachedItems(parts, recipe, exchange, origin, inferred.question(), items), order)
          .run();
    }
    CachedRequest request = new CachedRequest(parts, recipe, exchange, origin, inferred);
    return new WarmedRequest(request, order).run();
  }

  /** Of several items the first is explained. */
  private static @Nullable Inferred explained(Exchange exchange) {
    Question question = exchange.question();
    Items items = question == null ? null : question.items();
    if (question == null || items == null) {
      return inferred(exchange);
    }
    Question first = items.questions().getFirst();
    Question kept = question.keeping() == Question.Keeping.NOTHING ? first.unkept() : first;
    Reason never = question.never();
    return new Inferred(never == null ? kept : kept.never(never));
  }

  private static @Nullable Inferred inferred(Exchange exchange) {
    Question question = exchange.question();
    return question == null ? null : new Inferred(question);
  }

  /** A POST that the policy takes for a question; one too long to hold is passed on as it is. */
  private Future<Void> posted(Recipe recipe, Exchange exchange, Origin origin) {
    return Content.read(exchange.originRequest().body(), recipe.treatment().maxContent())
        .compose(
            content ->
                new CachedRequest(parts, recipe, exchange, origin, new Posted(content)).answer());
  }

  @Override
  public synchronized void close() {
    parts.log().close();
    if (leases != null) {
      leases.close();
    }
    if (redis != null) {
      redis.close();
    }
    if (bulk != null) {
      bulk.close();
    }
  }
}
