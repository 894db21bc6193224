package io.warmgate.server.cache.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.httpcache.StoredBody;
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
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.exchange.Observer.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * L2: slots in Redis, each with an expiry, under {@code wg:{gateway}:epoch:sha256}. What cannot be
 * read is not there.
 */
public final class SharedStore {
  /** Redis is asked for an answer that a client waits for: later it is of no use. */
  private static final long READ_MILLIS = 25;

  private static final long WRITE_MILLIS = 1_000;

  /**
   * A body this large lies with its entry, in one read; a larger one in chunks. Whoever holds up
   * Redis' single thread, and this pod's memory, does it for two chunks at most.
   */
  public static final int LARGEST_WHOLE = 2 * ChunkShelf.CHUNK;

  /** No body takes more than a quarter of the smallest Redis that the operator makes by default. */
  public static final int LARGEST_BODY = 64 << 20;

  /** All parts of an incomplete entry lie in one value: more are not worth Redis' one thread. */
  public static final int LARGEST_PARTS = 8 << 20;

  private static final int KIND_OFFSET = 5;

  private final RedisLink redis;
  private final LogKeys keys;
  private final EntryCodec codec;
  private final Observer observer;
  private final RedisShare share;

  /**
   * @param share what a partition may take
   */
  public SharedStore(
      RedisLink redis, LogKeys keys, EntryCodec codec, Observer observer, RedisShare share) {
    this.redis = redis;
    this.keys = keys;
    this.codec = codec;
    this.observer = observer;
    this.share = share;
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

  /**
   * The same of several keys, with one write to Redis.
   *
   * @return one for each key, in their order
   */
  public Future<List<Optional<Slot>>> get(String epoch, List<CacheKey> keys) {
    List<String> names = keys.stream().map(key -> name(epoch, key)).toList();
    List<Request> asked = names.stream().map(name -> Request.cmd(Command.GET).arg(name)).toList();
    return counted(redis.send(asked, READ_MILLIS))
        .map(
            found -> {
              List<Optional<Slot>> slots = new ArrayList<>(keys.size());
              for (int i = 0; i < keys.size(); i++) {
                Response one = found.get(i);
                slots.add(
                    one == null
                        ? Optional.empty()
                        : Optional.ofNullable(read(names.get(i), one, keys.get(i))));
              }
              return slots;
            });
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
    return counted(redis.send(request, timeoutMillis));
  }

  private <T extends @Nullable Object> Future<T> counted(Future<T> answer) {
    return answer.onFailure(
        failure ->
            observer.happened(
                failure instanceof RedisAway
                    ? Event.REDIS_AWAY
                    : failure instanceof Response ? Event.REDIS_REFUSED : Event.REDIS_LATE));
  }

  /**
   * Keeps an answer, unless one is kept whose request was sent later; an index always. Of a
   * partition that has its share by then others leave, its oldest first.
   *
   * @return whether it was kept; fails where Redis is away or full
   */
  public Future<Boolean> put(String epoch, CacheKey key, Slot slot, long retentionMillis) {
    long expiry = Math.clamp(retentionMillis, 1, LocalStore.MAX_RETENTION_MILLIS);
    String name = name(epoch, key);
    Buffer bytes = Buffer.buffer(codec.write(name, slot));
    Allotted allotted = allotted(epoch, key);
    return allotted == null
        ? put(name, slot, bytes, expiry)
        : share
            .bytes()
            .compose(
                most ->
                    most == RedisShare.UNBOUNDED
                        ? put(name, slot, bytes, expiry)
                        : putWithin(allotted, most, name, slot, bytes, expiry));
  }

  private @Nullable Allotted allotted(String epoch, CacheKey key) {
    return Allotted.of(key, keys, epoch, codec, share);
  }

  private Future<Boolean> putWithin(
      Allotted allotted, long most, String name, Slot slot, Buffer bytes, long expiry) {
    StoredBody body = slot instanceof StoredResponse response ? response.body() : Bytes.EMPTY;
    List<Object> names = names(name, body);
    names.add(1, allotted.name());
    int inChunks = body instanceof ChunkedBody chunked ? chunked.length() : 0;
    return send(
            ShareScripts.PUT.call(
                names,
                List.of(
                    bytes,
                    expiry,
                    EntryFormat.ORDER_OFFSET,
                    KIND_OFFSET,
                    ChunkShelf.LINGER_MILLIS,
                    Allotted.units(most),
                    bytes.length() + inChunks,
                    Allotted.nowSeconds(),
                    ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE))),
            WRITE_MILLIS)
        .map(answer -> allotted.wasKept(answer, observer));
  }

  private Future<Boolean> put(String name, Slot slot, Buffer bytes, long expiry) {
    return switch (slot) {
      case StoredResponse response -> putAnswer(names(name, response.body()), bytes, expiry);
      case PartialResponse _ -> putAnswer(List.of(name), bytes, expiry);
      case VariantIndex _, SearchIndex _ ->
          send(Request.cmd(Command.SET).arg(name).arg(bytes).arg("PX").arg(expiry), WRITE_MILLIS)
              .map(true);
    };
  }

  private Future<Boolean> putAnswer(List<Object> names, Buffer bytes, long expiry) {
    return send(
            StoreScripts.PUT.call(
                names,
                List.of(
                    bytes,
                    expiry,
                    EntryFormat.ORDER_OFFSET,
                    KIND_OFFSET,
                    ChunkShelf.LINGER_MILLIS)),
            WRITE_MILLIS)
        .map(kept -> kept != null && kept.toInteger() == 1);
  }

  /** The entry's name, and those of the chunks of its body. */
  private static List<Object> names(String name, StoredBody body) {
    List<Object> names = new ArrayList<>();
    names.add(name);
    if (body instanceof ChunkedBody chunked) {
      for (int i = 0; i < chunked.chunks(); i++) {
        names.add(ChunkShelf.name(name, chunked.id(), i));
      }
    }
    return names;
  }

  /** Drops what lies under a key. */
  public void remove(String epoch, CacheKey key) {
    remove(epoch, key, "");
  }

  /** Drops what lies under a key, if it has this body: some of it is lost. */
  public void remove(String epoch, CacheKey key, UUID body) {
    remove(epoch, key, ChunkShelf.hex(body));
  }

  private void remove(String epoch, CacheKey key, String body) {
    String name = name(epoch, key);
    Allotted allotted = allotted(epoch, key);
    List<Object> arguments = List.of(ChunkShelf.LINGER_MILLIS, body);
    send(
        allotted == null
            ? StoreScripts.REMOVE.call(List.of(name), arguments)
            : ShareScripts.REMOVE.call(List.of(name, allotted.name()), arguments),
        WRITE_MILLIS);
  }

  private String name(String epoch, CacheKey key) {
    return keys.entries(epoch) + key.hex();
  }
}
