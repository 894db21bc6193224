package io.warmgate.server.cache.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.warmgate.httpcache.entry.EntryFormat;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.SearchIndex;
import io.warmgate.httpcache.entry.Slot;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.log.LogKeys;
import io.warmgate.server.cache.redis.RedisAway;
import io.warmgate.server.cache.redis.RedisLink;
import io.warmgate.server.cache.redis.Script;
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.exchange.Observer.Event;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * L2: slots in Redis, each with an expiry, under {@code wg:{gateway}:epoch:sha256}. What cannot be
 * read is not there.
 */
public final class SharedStore {
  /** Redis is asked for an answer that a client waits for: later it is of no use. */
  private static final long READ_MILLIS = 25;

  private static final long WRITE_MILLIS = 1_000;

  /** An entry this large is not worth Redis' single thread. */
  public static final int LARGEST_BODY = 8 << 20;

  /**
   * Keeps the later of two answers, by the three numbers that order them. Arguments: the slot,
   * expiry in milliseconds, where those numbers begin, where the kind is.
   */
  private static final Script PUT =
      new Script(
          """
          local function order(slot)
            return struct.unpack('>I8I8I8', string.sub(slot, ARGV[3] + 1, ARGV[3] + 24))
          end
          local before = redis.call('GETRANGE', KEYS[1], 0, ARGV[3] + 23)
          local kind = ARGV[4] + 1
          if #before == ARGV[3] + 24 and before:byte(kind) == ARGV[1]:byte(kind) then
            local a1, a2, a3 = order(before)
            local b1, b2, b3 = order(ARGV[1])
            if a1 > b1 or (a1 == b1 and (a2 > b2 or (a2 == b2 and a3 > b3))) then
              return 0
            end
          end
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
          return 1
          """);

  private static final int KIND_OFFSET = 5;

  private final RedisLink redis;
  private final LogKeys keys;
  private final EntryCodec codec;
  private final Observer observer;

  public SharedStore(RedisLink redis, LogKeys keys, EntryCodec codec, Observer observer) {
    this.redis = redis;
    this.keys = keys;
    this.codec = codec;
    this.observer = observer;
  }

  /**
   * @param epoch of the log that is trusted
   * @return null where there is nothing, or nothing readable; fails where Redis is away
   */
  public Future<@Nullable Slot> get(String epoch, CacheKey key) {
    String name = name(epoch, key);
    return send(Request.cmd(Command.GET).arg(name), READ_MILLIS)
        .map(found -> found == null ? null : read(name, found, key));
  }

  /** What lies under a key. */
  public sealed interface Peeked {
    /** Nothing does. */
    record Nothing() implements Peeked {}

    /** Something that is no slot of this key. */
    record Unreadable() implements Peeked {}

    /** A slot. */
    record There(Slot slot) implements Peeked {}
  }

  /** The same for whoever only looks: nothing is counted. Fails where Redis is away or late. */
  public Future<Peeked> peek(String epoch, CacheKey key) {
    String name = name(epoch, key);
    return redis
        .send(Request.cmd(Command.GET).arg(name), READ_MILLIS)
        .map(
            found ->
                found == null
                    ? new Peeked.Nothing()
                    : slot(name, found, key)
                        .<Peeked>map(Peeked.There::new)
                        .orElseGet(Peeked.Unreadable::new));
  }

  private Optional<Slot> slot(String name, Response found, CacheKey key) {
    return codec.read(name, found.toBytes(), key.material());
  }

  private @Nullable Slot read(String name, Response found, CacheKey key) {
    Optional<Slot> slot = slot(name, found, key);
    if (slot.isEmpty()) {
      observer.happened(Event.REDIS_UNREADABLE);
    }
    return slot.orElse(null);
  }

  private Future<@Nullable Response> send(Request request, long timeoutMillis) {
    return redis
        .send(request, timeoutMillis)
        .onFailure(
            failure ->
                observer.happened(
                    failure instanceof RedisAway
                        ? Event.REDIS_AWAY
                        : failure instanceof Response ? Event.REDIS_REFUSED : Event.REDIS_LATE));
  }

  /**
   * Keeps an answer, unless one is kept whose request was sent later; an index always.
   *
   * @return whether it was kept; fails where Redis is away or full
   */
  public Future<Boolean> put(String epoch, CacheKey key, Slot slot, long retentionMillis) {
    long expiry = Math.clamp(retentionMillis, 1, LocalStore.MAX_RETENTION_MILLIS);
    String name = name(epoch, key);
    Buffer bytes = Buffer.buffer(codec.write(name, slot));
    return switch (slot) {
      case StoredResponse _, PartialResponse _ ->
          send(
                  PUT.call(
                      List.of(name), List.of(bytes, expiry, EntryFormat.ORDER_OFFSET, KIND_OFFSET)),
                  WRITE_MILLIS)
              .map(kept -> kept != null && kept.toInteger() == 1);
      case VariantIndex _, SearchIndex _ ->
          send(Request.cmd(Command.SET).arg(name).arg(bytes).arg("PX").arg(expiry), WRITE_MILLIS)
              .map(true);
    };
  }

  /** Drops what lies under a key. */
  public void remove(String epoch, CacheKey key) {
    send(Request.cmd(Command.DEL).arg(name(epoch, key)), WRITE_MILLIS);
  }

  private String name(String epoch, CacheKey key) {
    return keys.entries(epoch) + key.hex();
  }
}
