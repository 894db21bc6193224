package io.warmgate.server.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.Consumer;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Limit;
import io.warmgate.config.Rule;
import io.warmgate.server.Values;
import io.warmgate.server.cache.redis.RedisAddress;
import io.warmgate.server.cache.redis.RedisLink;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.LimitStep;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every rule and consumer, counted in one Redis for all pods.
 *
 * <p>Most requests are admitted out of what Redis granted a moment ago ({@link WindowAllowance},
 * {@link PermitAllowance}); the others wait for one call, all that one of them needs in it. Where
 * Redis does not answer within {@link #ANSWER_MILLIS} ({@link #PAID_ANSWER_MILLIS}), or is away, a
 * pod admits its share: the amount divided by the pods there are, less what it admitted already. So
 * a Redis that is lost raises what all pods admit to twice the amount at most, and no request waits
 * for it twice.
 */
public final class Limits implements LimitStep, AutoCloseable {
  /** How long a request waits for Redis. */
  static final long ANSWER_MILLIS = 25;

  /**
   * The same where tokens or money are counted: a model takes longer by far, and what is admitted
   * without Redis is paid for.
   */
  static final long PAID_ANSWER_MILLIS = 100;

  static final long TICK_MILLIS = 250;

  /** Beyond so many counts those that were used longest ago are forgotten in this pod. */
  static final int MAX_COUNTS = 100_000;

  /** So often a count is used before the map of all counts, which forgets some, hears of it. */
  private static final int MAX_UNHEARD = 64;

  private static final int MAX_LATELY = 10_000;

  private static final int DIGEST_BYTES = 16;
  private static final int MAX_IN_A_CALL = 100;

  private final Vertx vertx;
  private final IntSupplier pods;
  private final LimitCounts counts = new LimitCounts();
  private final String prefix;
  private final String holder;
  private final AtomicLong holders = new AtomicLong();
  private final Cache<Key, Allowance> allowances =
      Caffeine.newBuilder()
          .maximumSize(MAX_COUNTS)
          .expireAfterAccess(Duration.ofHours(1))
          .executor(Runnable::run)
          .build();
  private final Cache<Rule, List<CompiledLimit>> ofRules =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();
  private final Cache<Consumer, List<CompiledLimit>> ofConsumers =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();
  private final Cache<CompiledLimit.Scope, Lately> lately =
      Caffeine.newBuilder().maximumSize(MAX_LATELY).executor(Runnable::run).build();
  private final Recent<Held> recentlyHeld = new Recent<>(Integer.MAX_VALUE);
  private final Recent<Allowance> recent = new Recent<>(MAX_UNHEARD);
  private final Set<Allowance> watched = ConcurrentHashMap.newKeySet();
  private final long timer;
  private @Nullable RedisAddress address;
  private volatile @Nullable RedisLink redis;

  private record Key(CompiledLimit.Scope scope, long amount, String who) {}

  /**
   * What answers were of late.
   *
   * @param output in tokens that they wrote
   * @param time in microseconds that their models computed, of those where that costs something
   */
  record Lately(OfLate output, OfLate time) {}

  /**
   * All that one request is held to.
   *
   * @param limits those of its rule, then those of who asks
   * @param spends whether one of them is of what models take
   */
  record Held(List<CompiledLimit> limits, RateLimitFields fields, boolean spends) {
    Held(List<CompiledLimit> limits) {
      this(
          limits,
          new RateLimitFields(limits.stream().map(CompiledLimit::limit).toList()),
          limits.stream().anyMatch(limit -> limit.limit().unit().isOfModels()));
    }
  }

  /**
   * @param pods how many answer, this one included; 0: not known
   * @param holder tells this pod, since it started, from all others; without spaces or semicolons
   */
  public Limits(Vertx vertx, String gatewayUid, String holder, IntSupplier pods) {
    this.vertx = vertx;
    this.pods = pods;
    this.prefix = "wg:{" + gatewayUid + "}:limit:";
    this.holder = holder;
    this.timer = vertx.setPeriodic(TICK_MILLIS, _ -> tick());
  }

  /**
   * Counts in the Redis that the configuration names, from now on, if it has limits.
   *
   * @throws io.warmgate.config.ConfigException where a value is missing or of no use
   */
  public synchronized void use(GatewayConfig config, Values values) {
    Set<String> names = new HashSet<>();
    limits(config).forEach(limit -> names.add(limit.name()));
    counts.configure(names);
    recentlyHeld.clear();
    recent.clear();
    CacheLayers.SharedCache shared = config.cache().shared();
    RedisAddress wanted =
        names.isEmpty() || shared == null ? null : RedisAddress.of(shared, values);
    if (Objects.equals(wanted, address)) {
      return;
    }
    address = wanted;
    RedisLink before = redis;
    RedisLink link = wanted == null ? null : new RedisLink(vertx, wanted);
    redis = link;
    if (link != null) {
      link.openAll();
    }
    if (before != null) {
      before.close();
    }
  }

  private static Stream<Limit> limits(GatewayConfig config) {
    return Stream.concat(
        config.routes().stream()
            .flatMap(route -> route.allRules().stream())
            .flatMap(rule -> rule.limits().stream()),
        config.access().consumers().stream().flatMap(consumer -> consumer.limits().stream()));
  }

  /** What they did. */
  public LimitCounts counts() {
    return counts;
  }

  /** How many event loops have a connection to Redis for them. */
  public int redisConnections() {
    RedisLink link = redis;
    return link == null ? 0 : link.connections();
  }

  @Override
  public @Nullable Turn begin(Exchange exchange, @Nullable BackendRef backend) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    Consumer consumer = exchange.caller().consumer();
    boolean consumed = consumer != null && !consumer.limits().isEmpty();
    if (rule.limits().isEmpty() && !consumed) {
      return null;
    }
    long now = System.nanoTime();
    Consumer counted = consumed ? consumer : null;
    Held held = recentlyHeld.get(rule, counted, now);
    if (held == null) {
      held = held(exchange, rule, counted);
      recentlyHeld.put(rule, counted, held, now);
    }
    return new Passage(this, exchange, held, backend, now);
  }

  private Held held(Exchange exchange, Rule rule, @Nullable Consumer consumer) {
    String route = Objects.requireNonNull(exchange.routeId(), "a route was matched");
    List<CompiledLimit> ofRule = ofRules.get(rule, asked -> CompiledLimit.of(route, asked));
    List<CompiledLimit> ofConsumer =
        consumer == null ? List.of() : ofConsumers.get(consumer, CompiledLimit::of);
    return new Held(
        Stream.concat(ofRule.stream(), ofConsumer.stream())
            .filter(limit -> rule.asksModels() || !limit.limit().unit().isOfModels())
            .toList());
  }

  /** What answers were that a limit of tokens or cost counted. */
  Lately lately(CompiledLimit limit) {
    return lately.get(
        limit.scope(), _ -> new Lately(new OfLate(OfLate.TOKENS), new OfLate(OfLate.MICROS)));
  }

  /** How many counts this pod holds. */
  long held() {
    allowances.cleanUp();
    return allowances.estimatedSize();
  }

  /** What of a limit concerns the request. */
  Allowance allowance(
      CompiledLimit limit, Exchange exchange, @Nullable BackendRef backend, long now) {
    Object asker = limit.asker(exchange, backend);
    Allowance known = recent.get(limit, asker, now);
    if (known == null) {
      known = allowance(limit, limit.who(exchange, backend));
      recent.put(limit, asker, known, now);
    }
    return known;
  }

  Allowance allowance(CompiledLimit limit, String who) {
    return allowances.get(
        new Key(limit.scope(), limit.limit().amount(), who), _ -> made(limit, who));
  }

  private Allowance made(CompiledLimit compiled, String who) {
    Limit limit = compiled.limit();
    String key = prefix + digest(compiled.digested(who));
    long amount = limit.amount();
    return switch (limit.unit()) {
      case REQUESTS ->
          new WindowAllowance(key, amount, limit.perMillis(), 1, ANSWER_MILLIS, this::share);
      case BYTES, TOKENS, COST ->
          new WindowAllowance(
              key,
              amount,
              limit.perMillis(),
              Math.max(1, amount / 200),
              limit.unit().isOfModels() ? PAID_ANSWER_MILLIS : ANSWER_MILLIS,
              this::share);
      case CONCURRENCY ->
          new PermitAllowance(key, amount, holder + "." + holders.incrementAndGet(), this::share);
    };
  }

  /** Where nobody knows how many pods there are, each counts for itself. */
  private long share(long amount) {
    return Math.max(1, amount / Math.max(1, pods.getAsInt()));
  }

  private static String digest(byte[] of) {
    try {
      byte[] all = MessageDigest.getInstance("SHA-256").digest(of);
      return HexFormat.of().formatHex(all, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Completes on the caller's context when Redis was asked of each of them, by this call or
   * another's; never fails.
   */
  Future<Void> ask(List<Gate> unknown) {
    ContextInternal mine = (ContextInternal) vertx.getOrCreateContext();
    long now = System.nanoTime();
    List<Allowance> asked = new ArrayList<>(unknown.size());
    List<Ask> asks = new ArrayList<>(unknown.size());
    List<Future<Void>> all = new ArrayList<>(unknown.size());
    for (Gate gate : unknown) {
      Allowance allowance = gate.allowance();
      Ask ask = allowance.begin(gate.need(), now);
      if (ask == null) {
        all.add(allowance.after(gate.need(), mine.promise()));
      } else {
        watch(allowance);
        asked.add(allowance);
        asks.add(ask);
      }
    }
    if (!asks.isEmpty()) {
      all.add(send(asked, asks));
    }
    return all.size() == 1 ? all.getFirst() : Future.join(all).mapEmpty();
  }

  private Future<Void> send(List<Allowance> asked, List<Ask> asks) {
    RedisLink link = redis;
    long sentAt = System.nanoTime();
    if (link == null) {
      asked.forEach(allowance -> allowance.failed(sentAt));
      return Future.succeededFuture();
    }
    long patience = asked.stream().mapToLong(Allowance::patienceMillis).max().orElse(ANSWER_MILLIS);
    return link.send(
            LimitScript.call(asks),
            patience,
            response -> answeredLate(asked, asks, LimitScript.answers(response, asks.size())))
        .map(response -> LimitScript.answers(response, asks.size()))
        .transform(
            done -> {
              long now = System.nanoTime();
              counts.add(done.succeeded() ? LimitCounts.Call.ANSWERED : LimitCounts.Call.FAILED);
              for (int i = 0; i < asked.size(); i++) {
                if (done.succeeded()) {
                  asked.get(i).answered(done.result().get(i), sentAt, now);
                } else {
                  asked.get(i).failed(now);
                }
              }
              return Future.succeededFuture();
            });
  }

  private void answeredLate(List<Allowance> asked, List<Ask> asks, List<Ask.Answer> answers) {
    for (int i = 0; i < asked.size(); i++) {
      asked.get(i).answeredLate(asks.get(i), answers.get(i));
      watch(asked.get(i));
    }
  }

  /** Something of it may have to be told to Redis later. */
  void watch(Allowance allowance) {
    if (!watched.contains(allowance) && watched.size() < MAX_COUNTS) {
      watched.add(allowance);
    }
  }

  /** Tells Redis with the next tick; at once where others need it, or would take too much. */
  void tellSoon(Allowance allowance) {
    watch(allowance);
    if (allowance.isScarce()) {
      Ask ask = allowance.settle(System.nanoTime());
      if (ask != null) {
        send(List.of(allowance), List.of(ask));
      }
    }
  }

  private void tick() {
    if (redis == null) {
      watched.clear();
      return;
    }
    long now = System.nanoTime();
    List<Allowance> asked = new ArrayList<>();
    List<Ask> asks = new ArrayList<>();
    for (Iterator<Allowance> all = watched.iterator(); all.hasNext(); ) {
      Allowance allowance = all.next();
      Ask ask = allowance.settle(now);
      if (ask != null) {
        asked.add(allowance);
        asks.add(ask);
      } else if (allowance.isQuiet()) {
        all.remove();
      }
      if (asks.size() == MAX_IN_A_CALL) {
        send(asked, asks);
        asked = new ArrayList<>();
        asks = new ArrayList<>();
      }
    }
    if (!asks.isEmpty()) {
      send(asked, asks);
    }
  }

  @Override
  public synchronized void close() {
    vertx.cancelTimer(timer);
    RedisLink link = redis;
    if (link != null) {
      link.close();
    }
  }
}
