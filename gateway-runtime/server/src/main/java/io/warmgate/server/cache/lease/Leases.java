package io.warmgate.server.cache.lease;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.lease.Lease.End;
import io.warmgate.server.cache.log.LogKeys;
import io.warmgate.server.cache.redis.RedisAddress;
import io.warmgate.server.cache.redis.RedisLink;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Leases in one Redis: of the pods that miss the same key at the same time one fetches, and the
 * others wait until it tells them that its answer is in Redis.
 *
 * <p>Nobody waits on a promise alone. A lease that is not renewed runs out within a second, so a
 * pod that died holds nobody; who waits asks again four times a second, so news that were lost cost
 * that; and who has waited for {@link #PATIENCE_MILLIS} fetches without a lease. Where Redis does
 * not answer, every pod fetches once.
 */
public final class Leases implements AutoCloseable {
  /** How long a fetch that does not come to its end holds off others, in milliseconds. */
  public static final long PATIENCE_MILLIS = 5_000;

  private static final long HELD_MILLIS = 1_000;
  private static final long TICK_MILLIS = 250;

  /**
   * Longer than a lookup is waited for: where none comes an origin is asked that need not have
   * been.
   */
  private static final long ANSWER_MILLIS = 100;

  /** How long it can be read that an answer is not in Redis. */
  private static final long ENDED_MILLIS = 1_000;

  private final Vertx vertx;
  private final RedisLink redis;
  private final LogKeys keys;
  private final LeaseNews news;
  private final Context context;
  private final Set<Held> held = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();
  private final String pod = UUID.randomUUID().toString();
  private final AtomicLong tokens = new AtomicLong();
  private volatile long timer = -1;
  private volatile boolean closed;

  public Leases(Vertx vertx, RedisLink redis, RedisAddress address, LogKeys keys) {
    this.vertx = vertx;
    this.redis = redis;
    this.keys = keys;
    this.context = vertx.getOrCreateContext();
    this.news = new LeaseNews(vertx, address, keys.leaseNews(), this::heard);
  }

  /** Begins to listen to other pods. */
  public Leases start() {
    news.start();
    context.runOnContext(_ -> timer = vertx.setPeriodic(TICK_MILLIS, _ -> tick()));
    return this;
  }

  /**
   * Asks to be the one that fetches; waits while another pod does. Called on an event loop.
   *
   * @param epoch of the log that is trusted
   * @return on the caller's context; never fails
   */
  public Future<Claim> claim(String epoch, CacheKey key) {
    ContextInternal mine = (ContextInternal) vertx.getOrCreateContext();
    Waiter waiter = waiter(epoch, key, mine.promise());
    // Before Redis is asked: the news may come before its answer is read.
    waiting.compute(
        waiter.name,
        (_, others) -> {
          Set<Waiter> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(waiter);
          return all;
        });
    ask(waiter);
    return waiter.promise.future();
  }

  /**
   * Asks to be the one that fetches, if nobody does now. Called on an event loop.
   *
   * @return on the caller's context; never fails
   */
  public Future<Claim> claimIfFree(String epoch, CacheKey key) {
    ContextInternal mine = (ContextInternal) vertx.getOrCreateContext();
    Waiter waiter = waiter(epoch, key, mine.promise());
    ask(waiter);
    return waiter.promise.future();
  }

  private Waiter waiter(String epoch, CacheKey key, Promise<Claim> promise) {
    String token = pod + ":" + tokens.incrementAndGet();
    return new Waiter(keys.lease(epoch, key.hex()), token, promise);
  }

  private void ask(Waiter waiter) {
    redis
        .send(
            LeaseScripts.CLAIM.call(List.of(waiter.name), List.of(waiter.token, HELD_MILLIS)),
            ANSWER_MILLIS)
        .onComplete(answer -> asked(waiter, answer), _ -> over(waiter, Claim.unleased()));
  }

  private void asked(Waiter waiter, @Nullable Response answer) {
    String holder = answer == null ? "" : answer.toString();
    if (holder.isEmpty()) {
      Held lease = new Held(waiter.name, waiter.token);
      held.add(lease);
      if (!over(waiter, new Claim.Mine(lease, waiter.hasWaited()))) {
        lease.end(End.LOOK);
      }
    } else if (holder.length() == 1) {
      over(waiter, new Claim.Theirs(end(holder)));
    } else if (!waiting.getOrDefault(waiter.name, Set.of()).contains(waiter)) {
      over(waiter, new Claim.Theirs(End.LOOK));
    } else {
      waiter.waitsFor(holder.endsWith("+") ? holder.substring(0, holder.length() - 1) : holder);
    }
  }

  private boolean over(Waiter waiter, Claim claim) {
    waiting.computeIfPresent(
        waiter.name,
        (_, all) -> {
          all.remove(waiter);
          return all.isEmpty() ? null : all;
        });
    return waiter.promise.tryComplete(claim);
  }

  /** Of a lease that ended: how, whose it was, and its key. */
  private void heard(String message) {
    String[] parts = message.split(" ", 3);
    Set<Waiter> all = waiting.get(parts[2]);
    if (all != null) {
      all.forEach(waiter -> waiter.ended(parts[1], end(parts[0])));
    }
  }

  private static End end(String token) {
    return switch (token) {
      case "-" -> End.UNCACHEABLE;
      case "!" -> End.NOT_IN_REDIS;
      default -> End.LOOK;
    };
  }

  private void tick() {
    long now = System.nanoTime();
    waiting.values().forEach(all -> all.forEach(waiter -> tick(waiter, now)));
    held.forEach(lease -> lease.tick(now));
  }

  private void tick(Waiter waiter, long now) {
    long waited = TimeUnit.NANOSECONDS.toMillis(now - waiter.sinceNanos);
    if (waited >= PATIENCE_MILLIS) {
      over(waiter, Claim.unleased());
    } else if (waited >= TICK_MILLIS) {
      ask(waiter);
    }
  }

  @Override
  public void close() {
    closed = true;
    news.close();
    context.runOnContext(_ -> vertx.cancelTimer(timer));
    waiting.values().forEach(all -> all.forEach(waiter -> over(waiter, Claim.unleased())));
    held.clear();
  }

  /**
   * Somebody in this pod who would fetch. News may come before Redis says whose lease it is, and
   * those of an earlier lease after that: only the end of the one that is waited for counts.
   */
  private final class Waiter {
    private final String name;
    private final String token;
    private final Promise<Claim> promise;
    private final long sinceNanos = System.nanoTime();
    private @Nullable String holder;
    private @Nullable String ended;
    private End end = End.LOOK;

    Waiter(String name, String token, Promise<Claim> promise) {
      this.name = name;
      this.token = token;
      this.promise = promise;
    }

    void waitsFor(String who) {
      boolean isOver;
      synchronized (this) {
        holder = who;
        isOver = who.equals(ended);
      }
      if (isOver) {
        over(this, new Claim.Theirs(end));
      }
    }

    /** Whether another pod had the lease when this one asked for it before. */
    synchronized boolean hasWaited() {
      return holder != null;
    }

    void ended(String whose, End how) {
      boolean isOver;
      synchronized (this) {
        ended = whose;
        end = how;
        isOver = whose.equals(holder);
      }
      if (isOver) {
        over(this, new Claim.Theirs(how));
      }
    }
  }

  private final class Held implements Lease {
    private final String name;
    private final String token;
    private final long sinceNanos = System.nanoTime();

    Held(String name, String token) {
      this.name = name;
      this.token = token;
    }

    @Override
    public void end(End how) {
      if (held.remove(this)) {
        send(
            LeaseScripts.END.call(
                List.of(name), List.of(token, how.token(), ENDED_MILLIS, keys.leaseNews())));
      }
    }

    void tick(long now) {
      long age = TimeUnit.NANOSECONDS.toMillis(now - sinceNanos);
      if (age >= PATIENCE_MILLIS) {
        end(End.LOOK);
      } else if (age >= TICK_MILLIS) {
        send(LeaseScripts.RENEW.call(List.of(name), List.of(token, HELD_MILLIS)));
      }
    }

    /** What Redis does not hear ends by itself. */
    private void send(Request request) {
      if (!closed) {
        redis.send(request, ANSWER_MILLIS);
      }
    }
  }
}
