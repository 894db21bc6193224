package io.warmgate.server.cache.redis;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Commands to one Redis, each event loop over a connection of its own that pipelines. While there
 * is no connection a command fails at once, so that no request waits for a Redis that is away; a
 * connection that lets one command wait too long is given up, and tried again at growing intervals.
 * It is used again when it answers a probe in time, which no request waits for.
 */
public final class RedisLink implements AutoCloseable {
  private static final long MIN_RETRY_MILLIS = 50;
  private static final long MAX_RETRY_MILLIS = 1_000;
  private static final long PROBE_MILLIS = 50;
  private static final long LATE_MILLIS = 1_000;

  /** A connection that served for so long was a good one: the next failure is a new one. */
  private static final long PROVEN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Vertx vertx;
  private final RedisAddress address;
  private final ThreadLocal<Loop> loops = ThreadLocal.withInitial(Loop::new);
  private final Set<Loop> opened = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean closed;

  public RedisLink(Vertx vertx, RedisAddress address) {
    this.vertx = vertx;
    this.address = address;
  }

  /**
   * Called on an event loop.
   *
   * @return fails with {@link RedisAway} where there is no answer in time, with the server's error
   *     where it refuses
   */
  public Future<@Nullable Response> send(Request request, long timeoutMillis) {
    return loops.get().send(request, timeoutMillis);
  }

  /**
   * Several in one write: they are answered together, or not in time.
   *
   * @return fails as one command does, for the first that does
   */
  public Future<List<@Nullable Response>> send(List<Request> requests, long timeoutMillis) {
    return loops.get().send(requests, timeoutMillis);
  }

  /**
   * The same as one, of which the answer counts also where it comes after that time: the connection
   * is good for a second more.
   *
   * @param late told such an answer, on the event loop that asked
   */
  public Future<@Nullable Response> send(
      Request request, long timeoutMillis, Consumer<@Nullable Response> late) {
    return loops.get().send(request, timeoutMillis, late);
  }

  /** Connects this event loop, so that its first command finds a connection. */
  public Future<Void> open() {
    return loops.get().connect();
  }

  /** Connects every event loop, now or as soon as the server is there. */
  public void openAll() {
    VertxInternal internal = (VertxInternal) vertx;
    for (EventExecutor executor : internal.nettyEventLoopGroup()) {
      internal
          .contextBuilder()
          .withEventLoop((EventLoop) executor)
          .build()
          .runOnContext(_ -> open());
    }
  }

  /** How many event loops have a connection that they use. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    closed = true;
    opened.forEach(Loop::giveUp);
    opened.clear();
  }

  /**
   * How long an answer is waited for, on the event loop that asked. A loop that was busy for longer
   * finds the timer due before it has read what came meanwhile: so it reads once more, and only
   * then it is too late.
   */
  private final class Deadline<T extends @Nullable Object> {
    private static final long ONCE_MORE_MILLIS = 1;

    private final Promise<T> promise = Promise.promise();
    private long timer;

    Deadline(long millis) {
      timer = vertx.setTimer(millis, _ -> timer = vertx.setTimer(ONCE_MORE_MILLIS, _ -> late()));
    }

    private void late() {
      promise.tryFail(new TimeoutException(address + " did not answer in time"));
    }

    Future<T> of(Future<T> answer) {
      answer.onComplete(
          done -> {
            vertx.cancelTimer(timer);
            if (done.succeeded()) {
              promise.tryComplete(done.result());
            } else {
              promise.tryFail(done.cause());
            }
          });
      return promise.future();
    }
  }

  /** One event loop's connection. Its fields are its loop's alone, but for {@code client}. */
  private final class Loop {
    private @Nullable RedisConnection connection;
    private volatile @Nullable Redis client;
    private @Nullable Future<Void> connecting;
    private long retryMillis = MIN_RETRY_MILLIS;
    private long retryAtNanos = System.nanoTime();
    private long connectedAtNanos;

    Future<@Nullable Response> send(Request request, long timeoutMillis) {
      return send(current -> current.send(request), timeoutMillis);
    }

    Future<List<@Nullable Response>> send(List<Request> requests, long timeoutMillis) {
      return send(current -> current.batch(requests), timeoutMillis);
    }

    private <T extends @Nullable Object> Future<T> send(
        Function<RedisConnection, Future<T>> sending, long timeoutMillis) {
      RedisConnection current = connection;
      if (current == null) {
        connect();
        return Future.failedFuture(new RedisAway(address + " is away"));
      }
      return new Deadline<T>(timeoutMillis)
          .of(sending.apply(current))
          .onFailure(failure -> failed(current, failure));
    }

    Future<@Nullable Response> send(
        Request request, long timeoutMillis, Consumer<@Nullable Response> late) {
      RedisConnection current = connection;
      if (current == null) {
        return send(request, timeoutMillis);
      }
      Future<@Nullable Response> answer = current.send(request);
      Future<@Nullable Response> inTime =
          new Deadline<@Nullable Response>(timeoutMillis).of(answer);
      new Deadline<@Nullable Response>(timeoutMillis + LATE_MILLIS)
          .of(answer)
          .onSuccess(
              response -> {
                if (inTime.failed()) {
                  late.accept(response);
                }
              })
          .onFailure(failure -> failed(current, failure));
      return inTime;
    }

    Future<Void> connect() {
      Future<Void> running = connecting;
      if (running != null) {
        return running;
      }
      if (connection != null) {
        return Future.succeededFuture();
      }
      if (closed || System.nanoTime() - retryAtNanos < 0) {
        return Future.failedFuture(new RedisAway(address + " is away"));
      }
      Redis opening = Redis.createClient(vertx, address.options());
      client = opening;
      opened.add(this);
      Future<Void> started =
          opening
              .connect()
              .timeout(address.connectTimeoutMillis(), TimeUnit.MILLISECONDS)
              .compose(Loop::probe)
              .map(this::connected);
      connecting = started;
      started.onComplete(
          done -> {
            connecting = null;
            if (done.failed()) {
              giveUp();
              later();
            }
          });
      return started;
    }

    private static Future<RedisConnection> probe(RedisConnection opened) {
      return opened
          .send(Request.cmd(Command.PING))
          .timeout(PROBE_MILLIS, TimeUnit.MILLISECONDS)
          .map(opened);
    }

    private void later() {
      retryAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(retryMillis);
      if (!closed) {
        vertx.setTimer(retryMillis + 1, _ -> connect());
      }
      retryMillis = Math.min(MAX_RETRY_MILLIS, retryMillis * 2);
    }

    private @Nullable Void connected(RedisConnection opened) {
      if (closed) {
        giveUp();
        throw new RedisAway(address + " is no longer used");
      }
      connection = opened;
      connections.incrementAndGet();
      connectedAtNanos = System.nanoTime();
      opened.exceptionHandler(_ -> lost(opened));
      opened.endHandler(_ -> lost(opened));
      return null;
    }

    private void failed(RedisConnection used, Throwable failure) {
      if (!(failure instanceof Response)) {
        lost(used);
      }
    }

    /** An earlier connection may still fail late: only the very one in use is lost. */
    @SuppressWarnings("ReferenceEquality")
    private void lost(RedisConnection gone) {
      if (connection == gone) {
        connection = null;
        connections.decrementAndGet();
        giveUp();
        if (System.nanoTime() - connectedAtNanos > PROVEN_NANOS) {
          retryMillis = MIN_RETRY_MILLIS;
          connect();
        } else {
          later();
        }
      }
    }

    private void giveUp() {
      Redis used = client;
      if (used != null) {
        client = null;
        used.close();
      }
    }
  }
}
