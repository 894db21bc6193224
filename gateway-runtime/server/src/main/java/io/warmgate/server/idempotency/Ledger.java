package io.warmgate.server.idempotency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.warmgate.server.cache.redis.RedisAway;
import io.warmgate.server.cache.redis.RedisLink;
import io.warmgate.server.cache.store.EntryCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Whose keys are, in one Redis for all pods; and which are this pod's, whose leases it renews. What
 * Redis did not take is told again on each tick: what came of a key for {@link #UNTOLD_NANOS}, and
 * as long as all of it is no more than {@link #MAX_UNTOLD_BYTES}.
 */
final class Ledger implements AutoCloseable {
  /** How long a request waits for Redis. Later is no: the request is refused. */
  private static final long ANSWER_MILLIS = 500;

  private static final long WRITE_MILLIS = 1_000;
  private static final long TICK_MILLIS = 250;
  private static final int MAX_IN_A_CALL = 100;
  private static final long MAX_UNTOLD_BYTES = 32 << 20;
  private static final long UNTOLD_NANOS = 60_000_000_000L;

  private final Vertx vertx;
  private final Times times;
  private final IdempotencyCounts counts;
  private final Map<String, Reservation> running = new ConcurrentHashMap<>();
  private final Set<Untold> untold = ConcurrentHashMap.newKeySet();
  private final AtomicLong untoldBytes = new AtomicLong();
  private final AtomicInteger retelling = new AtomicInteger();
  private final long timer;
  private volatile @Nullable RedisLink redis;
  private volatile EntryCodec codec = EntryCodec.of(null);
  private long renewedAt = System.nanoTime();

  /**
   * How long a lease holds, and how often it is renewed: one that was not renewed for two such
   * times is that of somebody who may be gone. In milliseconds.
   */
  record Times(long lease, long renew) {
    /** Long enough for a backend to end what a pod that died had asked of it. */
    static final Times OF_PODS = new Times(30_000, 5_000);
  }

  Ledger(Vertx vertx, Times times, IdempotencyCounts counts) {
    this.vertx = vertx;
    this.times = times;
    this.counts = counts;
    this.timer = vertx.setPeriodic(TICK_MILLIS, _ -> tick());
  }

  /**
   * @param link null: there is no Redis
   */
  void use(@Nullable RedisLink link, EntryCodec sealing) {
    redis = link;
    codec = sealing;
  }

  /** Keys that this pod works for. */
  int held() {
    return running.size();
  }

  /** Called on an event loop. Never fails. */
  Future<Found> reserve(Asked asked, long keepMillis) {
    Reservation here = running.get(asked.name());
    if (here != null) {
      return Future.succeededFuture(
          here.asked().equals(asked) ? new Found.Running() : new Found.Another());
    }
    RedisLink link = redis;
    if (link == null) {
      return Future.succeededFuture(new Found.Unavailable());
    }
    Reservation mine = new Reservation(this, asked, UUID.randomUUID().toString(), keepMillis);
    Request request =
        KeyScripts.RESERVE.call(
            List.of(asked.name()),
            List.of(mine.token(), asked.fingerprint(), times.lease(), keepMillis));
    return link.send(request, ANSWER_MILLIS)
        .map(answer -> found(mine, answer))
        .otherwise(
            failure -> {
              if (!(failure instanceof RedisAway)) {
                mine.release(); // It may have got there all the same.
              }
              return new Found.Unavailable();
            });
  }

  private Found found(Reservation mine, @Nullable Response answer) {
    if (answer == null || answer.size() == 0) {
      throw new IllegalStateException("no answer of Redis to a key");
    }
    return switch (answer.get(0).toString()) {
      case "F" -> {
        running.put(mine.asked().name(), mine);
        yield new Found.First(mine);
      }
      case "M" -> new Found.Another();
      case "R" -> {
        long left = answer.get(1).toLong();
        yield left > times.lease() - 2 * times.renew() - TICK_MILLIS
            ? new Found.Running()
            : new Found.Unknown((int) Math.max(1, Math.ceilDiv(left, 1_000)));
      }
      default -> new Found.Ended(ended(mine.asked().name(), answer.get(1).toBuffer()));
    };
  }

  /** What cannot be read, as after a change of keys, is known to have ended, and no more. */
  private Kept ended(String name, Buffer bytes) {
    return codec
        .readChunk(name, bytes)
        .flatMap(plain -> KeptCodec.read(plain.getBytes()))
        .orElseGet(Kept.TooLarge::new);
  }

  Future<Void> finish(Reservation reservation, Kept kept) {
    byte[] value = codec.writeChunk(reservation.asked().name(), KeptCodec.write(kept));
    Buffer whole =
        Buffer.buffer(65 + value.length)
            .appendBytes(("D" + reservation.asked().fingerprint()).getBytes(US_ASCII))
            .appendBytes(value);
    Request request =
        KeyScripts.FINISH.call(
            List.of(reservation.asked().name()),
            List.of(reservation.token(), whole, reservation.keepMillis()));
    return tell(new Untold(reservation, request, whole.length()));
  }

  void release(Reservation reservation) {
    Request request =
        KeyScripts.RELEASE.call(List.of(reservation.asked().name()), List.of(reservation.token()));
    running.remove(reservation.asked().name(), reservation);
    tell(new Untold(reservation, request, 0));
  }

  /** Completes when Redis answered or did not; never fails. */
  private Future<Void> tell(Untold said) {
    RedisLink link = redis;
    if (link == null) {
      keep(said);
      return Future.succeededFuture();
    }
    return link.send(said.request(), WRITE_MILLIS)
        .transform(
            done -> {
              if (done.succeeded()) {
                forget(said);
              } else {
                keep(said);
              }
              return Future.succeededFuture();
            });
  }

  /** To be told again, unless it is too late or too much. */
  private void keep(Untold said) {
    boolean late = System.nanoTime() - said.since() > UNTOLD_NANOS;
    long held = untold.contains(said) ? 0 : untoldBytes.get() + said.bytes();
    if (late || held > MAX_UNTOLD_BYTES) {
      forget(said);
      if (!said.reservation().isReleased()) {
        counts.unstored();
      }
    } else if (untold.add(said)) {
      untoldBytes.addAndGet(said.bytes());
    }
  }

  private void forget(Untold said) {
    if (untold.remove(said)) {
      untoldBytes.addAndGet(-said.bytes());
    }
    running.remove(said.reservation().asked().name(), said.reservation());
  }

  private void retell() {
    if (retelling.get() == 0) {
      for (Untold said : List.copyOf(untold)) {
        retelling.incrementAndGet();
        tell(said).onComplete(_ -> retelling.decrementAndGet());
      }
    }
  }

  private void tick() {
    retell();
    long now = System.nanoTime();
    if (now - renewedAt >= times.renew() * 1_000_000) {
      renewedAt = now;
      List<Reservation> all = List.copyOf(running.values());
      for (int from = 0; from < all.size(); from += MAX_IN_A_CALL) {
        renew(all.subList(from, Math.min(all.size(), from + MAX_IN_A_CALL)));
      }
    }
  }

  private void renew(List<Reservation> some) {
    RedisLink link = redis;
    if (link == null) {
      return;
    }
    List<Object> names = new ArrayList<>(some.size());
    List<Object> arguments = new ArrayList<>();
    arguments.add(times.lease());
    for (Reservation one : some) {
      names.add(one.asked().name());
      arguments.add(one.token());
      arguments.add(one.asked().fingerprint());
      arguments.add(one.keepMillis());
    }
    // One that was given back meanwhile, before Redis read this, was taken again by it.
    link.send(KeyScripts.RENEW.call(names, arguments), WRITE_MILLIS)
        .onSuccess(_ -> some.stream().filter(Reservation::isReleased).forEach(this::release));
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    redis = null;
  }
}
