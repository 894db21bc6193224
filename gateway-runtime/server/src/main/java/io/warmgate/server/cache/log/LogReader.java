package io.warmgate.server.cache.log;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.warmgate.config.Json;
import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.server.cache.redis.RedisAddress;
import io.warmgate.server.cache.redis.RedisAway;
import io.warmgate.server.cache.redis.RedisFailure;
import io.warmgate.server.cache.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a gateway's log into {@link Purges}, for as long as it is open, over a connection of its
 * own.
 *
 * <p>One round: <b>find</b> the log (begin a new epoch where the server lost it), <b>tell</b> it
 * the orders it does not have, <b>read</b> it to its end, and only then let it be trusted; then
 * <b>follow</b> it, and find it again every second. Whatever fails ends the trust and begins at the
 * connection.
 */
public final class LogReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
  private static final long RETRY_MILLIS = 200;
  private static final long ANSWER_MILLIS = 1_000;
  private static final long BLOCK_MILLIS = 500;

  /** After entries came: while many are appended one by one, few reads take many. */
  private static final long GATHER_MILLIS = 2;

  /** One entry may name {@value io.warmgate.config.admin.PurgeRequest#MAX_NAMES} things. */
  private static final int BATCH = 100;

  private final Context context;
  private final RedisAddress address;
  private final LogKeys keys;
  private final Purges purges;
  private final Redis client;

  /** Reads and applies what came: orders are JSON of any size, and event loops serve requests. */
  private final WorkerExecutor applying;

  /** For appends: the reader's own connection waits for entries most of the time. */
  private final RedisLink writer;

  // The context's own.
  private @Nullable RedisConnection connection;
  private long foundAtNanos;
  private boolean complained;

  private volatile boolean closed;
  private volatile boolean connected;
  private volatile boolean caughtUp;
  private volatile boolean tried;
  private volatile long heardAtNanos;

  /** The last that this pod appended. */
  private volatile @Nullable PurgeReceipt written;

  public LogReader(Vertx vertx, RedisAddress address, LogKeys keys, Purges purges) {
    this.context = vertx.getOrCreateContext();
    this.address = address;
    this.keys = keys;
    this.purges = purges;
    this.client = Redis.createClient(vertx, address.options());
    this.writer = new RedisLink(vertx, address);
    this.applying = vertx.createSharedWorkerExecutor("purge-log", 1);
  }

  /** Begins to read. */
  public LogReader start() {
    context.runOnContext(
        _ -> {
          writer.open();
          connect();
        });
    return this;
  }

  /** Whether the log is being read now. */
  public boolean connected() {
    return connected;
  }

  /** Whether its end was reached once, or it was away when it was first asked for. */
  public boolean caughtUpOrAway() {
    return caughtUp || (tried && !connected);
  }

  /** How long ago the log last answered, in milliseconds; {@code Long.MAX_VALUE} before. */
  public long silentMillis() {
    return caughtUp
        ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heardAtNanos)
        : Long.MAX_VALUE;
  }

  /**
   * Appends, and applies it here.
   *
   * @return fails where the log cannot be written now
   */
  public Future<PurgeReceipt> append(Order order) {
    return Future.future(
        done ->
            context.runOnContext(
                _ -> {
                  String epoch = purges.trustedEpoch();
                  if (epoch == null) {
                    done.fail(new RedisAway(address + " is away, or its log was not read yet"));
                  } else {
                    writer
                        .send(appending(epoch, order), ANSWER_MILLIS)
                        .map(position -> appended(epoch, order, position))
                        .onComplete(done);
                  }
                }));
  }

  private Request appending(String epoch, Order order) {
    return LogScripts.APPEND.call(
        List.of(keys.epoch(), keys.stream()),
        List.of(
            epoch,
            order.id(),
            new String(Json.write(order.at(null)), StandardCharsets.UTF_8),
            LogScripts.KEPT));
  }

  private PurgeReceipt appended(String epoch, Order order, @Nullable Response position) {
    if (position == null) {
      throw new RedisAway("another epoch of the log has begun");
    }
    PurgeReceipt receipt = new PurgeReceipt(epoch, position.toString());
    wrote(receipt);
    purges.apply(order.at(receipt));
    return receipt;
  }

  /** Whichever of the writer's event loops heard of it. */
  private synchronized void wrote(PurgeReceipt receipt) {
    PurgeReceipt before = written;
    boolean same = before != null && before.epoch().equals(receipt.epoch());
    written = same ? later(before, receipt) : receipt;
  }

  /** As far as this pod knows the log to have come: what it appended may not be read yet. */
  private @Nullable PurgeReceipt known() {
    PurgeReceipt reached = purges.reached();
    PurgeReceipt last = written;
    return reached == null || last == null ? reached : later(reached, last);
  }

  /**
   * The one further on, of the same epoch; of another, the first is not overtaken by the second.
   */
  private static PurgeReceipt later(@Nullable PurgeReceipt one, PurgeReceipt other) {
    if (one == null) {
      return other;
    }
    boolean further =
        one.epoch().equals(other.epoch()) && position(other).compareTo(position(one)) > 0;
    return further ? other : one;
  }

  private static Position position(PurgeReceipt receipt) {
    return Position.parse(receipt.position()).orElse(Position.ZERO);
  }

  private void connect() {
    if (closed) {
      return;
    }
    Future<RedisConnection> opening = client.connect();
    opening
        .timeout(address.connectTimeoutMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            opened -> {
              if (closed) {
                client.close();
                return;
              }
              connection = opened;
              opened.exceptionHandler(failure -> lost(opened, failure));
              opened.endHandler(
                  _ -> lost(opened, new RedisAway(address + " closed the connection")));
              find(opened);
            },
            failure -> {
              // One that opens too late would keep the pool's only place for good.
              opening.onSuccess(RedisConnection::close);
              away(failure);
            });
  }

  private void find(RedisConnection from) {
    PurgeReceipt reached = known();
    Request request =
        LogScripts.FIND.call(
            List.of(keys.epoch(), keys.stream()),
            List.of(
                UUID.randomUUID().toString(),
                reached == null ? "" : reached.epoch(),
                reached == null ? "" : reached.position(),
                LogScripts.KEPT));
    ask(from, request, ANSWER_MILLIS, found -> found(from, reached, found));
  }

  private void found(
      RedisConnection from, @Nullable PurgeReceipt reached, @Nullable Response found) {
    if (found == null) {
      lost(from, new IllegalStateException("the log's server gave no answer"));
      return;
    }
    String epoch = found.get(0).toString();
    if (reached == null || !reached.epoch().equals(epoch)) {
      if (reached != null) {
        LOG.info("{} lost the invalidation log; a new one has begun", address);
      }
      purges.adopt(epoch, Position.parse(found.get(1).toString()).orElse(Position.ZERO));
    }
    foundAtNanos = System.nanoTime();
    tell(from, epoch, purges.notIn(epoch).iterator());
  }

  private void tell(RedisConnection to, String epoch, Iterator<Order> untold) {
    if (!untold.hasNext()) {
      read(to, Request.cmd(Command.XREAD).arg("COUNT").arg(BATCH));
      return;
    }
    Order order = untold.next();
    to.send(appending(epoch, order))
        .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
        .map(position -> appended(epoch, order, position))
        .onComplete(_ -> tell(to, epoch, untold), failure -> lost(to, failure));
  }

  private void read(RedisConnection from, Request request) {
    PurgeReceipt reached = purges.reached();
    request.arg("STREAMS").arg(keys.stream()).arg(reached == null ? "0-0" : reached.position());
    ask(from, request, ANSWER_MILLIS + BLOCK_MILLIS, entries -> wasRead(from, reached, entries));
  }

  private void wasRead(
      RedisConnection from, @Nullable PurgeReceipt since, @Nullable Response streams) {
    if (since == null || streams == null) {
      applied(from, 0);
      return;
    }
    Response entries = streams.get(0).get(1);
    applying
        .executeBlocking(() -> apply(since.epoch(), entries))
        .onComplete(
            count -> {
              if (isCurrent(from)) {
                applied(from, count);
              }
            },
            failure -> lost(from, failure));
  }

  private void applied(RedisConnection from, int count) {
    if (count == BATCH) {
      read(from, Request.cmd(Command.XREAD).arg("COUNT").arg(BATCH));
      return;
    }
    PurgeReceipt reached = purges.reached();
    if (reached == null) {
      lost(from, new IllegalStateException("the log is no longer wanted"));
      return;
    }
    boolean untold = !purges.notIn(reached.epoch()).isEmpty();
    if (!untold) {
      follow();
    }
    if (untold || System.nanoTime() - foundAtNanos > TimeUnit.SECONDS.toNanos(1)) {
      find(from);
    } else if (count == 0) {
      await(from);
    } else {
      context
          .owner()
          .setTimer(
              GATHER_MILLIS,
              _ -> {
                if (isCurrent(from)) {
                  await(from);
                }
              });
    }
  }

  private void await(RedisConnection from) {
    read(from, Request.cmd(Command.XREAD).arg("COUNT").arg(BATCH).arg("BLOCK").arg(BLOCK_MILLIS));
  }

  private void follow() {
    if (!connected) {
      LOG.info("reading the invalidation log at {}", address);
    }
    purges.trust(true);
    connected = true;
    caughtUp = true;
    complained = false;
  }

  /** How many there were. */
  private int apply(String epoch, Response entries) {
    for (Response entry : entries) {
      apply(epoch, entry.get(0).toString(), entry.get(1));
    }
    return entries.size();
  }

  private void apply(String epoch, String id, Response fields) {
    Position at = Position.parse(id).orElse(Position.ZERO);
    try {
      purges.read(epoch, LogEntry.read(id, fields), at);
    } catch (IllegalArgumentException e) {
      LOG.warn("entry {} of the invalidation log is passed over: {}", id, e.getMessage());
      purges.skip(epoch, at);
    }
  }

  private void ask(RedisConnection from, Request request, long millis, Answer then) {
    from.send(request)
        .timeout(millis, TimeUnit.MILLISECONDS)
        .onComplete(
            answer -> {
              if (isCurrent(from)) {
                heardAtNanos = System.nanoTime();
                then.accept(answer);
              }
            },
            failure -> lost(from, failure));
  }

  /** Whether it is the very connection in use: an earlier one may still fail late. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isCurrent(RedisConnection which) {
    return connection == which;
  }

  private void lost(RedisConnection gone, Throwable failure) {
    if (isCurrent(gone)) {
      connection = null;
      gone.close();
      away(failure);
    }
  }

  private void away(Throwable failure) {
    tried = true;
    connected = false;
    purges.trust(false);
    if (closed) {
      return;
    }
    if (!complained) {
      complained = true;
      LOG.warn(
          "the invalidation log at {} is away; the shared cache is not used until it was read"
              + " again: {}",
          address,
          RedisFailure.text(failure, address));
    }
    context.owner().setTimer(RETRY_MILLIS, _ -> context.runOnContext(_ -> connect()));
  }

  @Override
  public void close() {
    closed = true;
    purges.trust(false);
    client.close();
    writer.close();
    applying.close();
  }

  /** What is done with an answer that came in time. */
  private interface Answer {
    void accept(@Nullable Response answer);
  }
}
