package io.warmgate.server.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.config.Issuer.Keys.Fetched;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that are asked for over HTTP: in the background, before they are due; used on where nobody
 * answers, as long as the configuration lets them be; and at once, but seldom, where a token names
 * a key that is not among them.
 */
final class FetchedKeys implements IssuerKeys {
  private static final Logger log = LoggerFactory.getLogger(FetchedKeys.class);

  private final Vertx vertx;
  private final Fetched source;
  private final KeyTransport transport;
  private final Pace pace;
  private final InstantSource clock;
  private final Runnable changed;
  private volatile @Nullable Held held;
  private @Nullable Future<Void> underWay;
  private int waiting;
  private long demandedAt = Long.MIN_VALUE;
  private long timer = -1;
  private boolean closed;

  /** A key set, when it was asked for, and its bytes' digest. */
  private record Held(KeySet keys, long atMillis, String json) {}

  /**
   * How often is asked.
   *
   * @param demandMillis between two times that a token has them asked for
   * @param retryMillis after nobody answered
   * @param maxWaiting so many tokens wait at once
   */
  record Pace(long demandMillis, long retryMillis, int maxWaiting) {
    static final Pace USUAL = new Pace(10_000, 5_000, 1_000);
  }

  /**
   * @param changed is run after other keys came
   */
  FetchedKeys(
      Vertx vertx,
      Fetched source,
      KeyTransport transport,
      Pace pace,
      InstantSource clock,
      Runnable changed) {
    this.vertx = vertx;
    this.source = source;
    this.transport = transport;
    this.pace = pace;
    this.clock = clock;
    this.changed = changed;
  }

  /** Asks for the first time. */
  FetchedKeys start() {
    var _ = fetch();
    return this;
  }

  @Override
  public @Nullable KeySet at(long nowMillis) {
    Held now = held;
    return now == null || nowMillis - now.atMillis > source.maxStaleMillis() ? null : now.keys;
  }

  @Override
  public synchronized boolean mayAsk(long nowMillis) {
    return !closed && (underWay != null || isAllowed(nowMillis));
  }

  private boolean isAllowed(long nowMillis) {
    return demandedAt == Long.MIN_VALUE || nowMillis - demandedAt >= pace.demandMillis();
  }

  @Override
  public synchronized Future<Void> ask(long nowMillis) {
    if (underWay == null) {
      if (closed || !isAllowed(nowMillis)) {
        return Future.succeededFuture();
      }
      demandedAt = nowMillis;
    }
    if (waiting >= pace.maxWaiting()) {
      return Future.failedFuture("too many wait for keys");
    }
    waiting++;
    return fetch();
  }

  @Override
  public synchronized void close() {
    closed = true;
    vertx.cancelTimer(timer);
  }

  private synchronized Future<Void> fetch() {
    Future<Void> before = underWay;
    if (before != null) {
      return before;
    }
    Promise<Void> over = Promise.promise();
    underWay = over.future();
    long asked = clock.millis();
    transport
        .get(source.url())
        .compose(json -> vertx.executeBlocking(() -> read(json, asked), false))
        .onComplete(
            read -> {
              if (read.failed()) {
                Held old = held;
                log.warn(
                    "keys of {} cannot be had: {}; {}",
                    source.url(),
                    read.cause().getMessage(),
                    old == null
                        ? "no token of theirs is verified"
                        : "those of "
                            + (clock.millis() - old.atMillis) / 1_000
                            + " s ago are used");
              }
              settled(read.succeeded());
              over.complete();
            });
    return over.future();
  }

  private Void read(byte[] json, long asked) throws Exception {
    Held before = held;
    String text = new String(json, StandardCharsets.UTF_8);
    boolean same = before != null && before.json.equals(text);
    KeySet keys = same && before != null ? before.keys : KeySet.parse(json);
    held = new Held(keys, asked, text);
    if (!same) {
      changed.run();
    }
    return null;
  }

  private synchronized void settled(boolean succeeded) {
    underWay = null;
    waiting = 0;
    vertx.cancelTimer(timer);
    if (!closed) {
      // A fifth ahead of time, so that they are there when they are due.
      long next =
          succeeded ? source.refreshMillis() - source.refreshMillis() / 5 : pace.retryMillis();
      timer = vertx.setTimer(Math.max(1, Math.min(next, Integer.MAX_VALUE)), _ -> fetch());
    }
  }
}
