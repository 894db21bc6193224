package io.warmgate.server.cache.store;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.server.cache.redis.RedisAway;
import io.warmgate.server.cache.redis.RedisLink;
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.exchange.Observer.Event;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of the bodies of one entry, each under {@code ENTRY:body:number}. They go over
 * connections of their own, so that no lookup waits behind them.
 *
 * @param entry the name that the entry lies under
 * @param allotted to the partition that the entry belongs to; null: it is everybody's
 */
public record ChunkShelf(
    RedisLink redis,
    EntryCodec codec,
    Observer observer,
    String entry,
    @Nullable Allotted allotted) {
  /**
   * Of a chunk, in bytes. Redis is busy for some 50 µs with one, and a client that reads slowly
   * holds up three of them: one is written, two are asked ahead; 64 MiB are 512.
   */
  public static final int CHUNK = 128 << 10;

  /**
   * How long chunks stay, in milliseconds, that belong to no entry: those that are being written,
   * those of an entry that was replaced while somebody reads it, and those of a writer that died.
   */
  public static final long LINGER_MILLIS = 300_000;

  /** A connection that is busy with other chunks may take so long. */
  private static final long ANSWER_MILLIS = 1_000;

  /** Writes a chunk of a body that has no head yet; fails where there is no room for it. */
  public Future<Void> put(UUID body, int number, byte[] bytes) {
    Allotted part = allotted;
    return part == null
        ? write(body, number, bytes)
        : part.share()
            .bytes()
            .compose(
                most ->
                    most == RedisShare.UNBOUNDED
                        ? write(body, number, bytes)
                        : writeWithin(part, most, body, number, bytes));
  }

  private Future<Void> write(UUID body, int number, byte[] bytes) {
    String name = name(entry, body, number);
    return send(Request.cmd(Command.SET)
            .arg(name)
            .arg(codec.writeChunk(name, bytes))
            .arg("PX")
            .arg(LINGER_MILLIS))
        .mapEmpty();
  }

  private Future<Void> writeWithin(Allotted part, long most, UUID body, int number, byte[] bytes) {
    String name = name(entry, body, number);
    return send(ShareScripts.CHUNK.call(
            List.of(entry, part.name(), name),
            List.of(
                Buffer.buffer(codec.writeChunk(name, bytes)),
                LINGER_MILLIS,
                raw(body),
                bytes.length,
                Allotted.units(most),
                Allotted.nowSeconds())))
        .compose(
            answer ->
                part.wasKept(answer, observer)
                    ? Future.succeededFuture()
                    : Future.failedFuture("the partition has no room for it"));
  }

  private static Buffer raw(UUID body) {
    return Buffer.buffer()
        .appendLong(body.getMostSignificantBits())
        .appendLong(body.getLeastSignificantBits());
  }

  /**
   * Reads a chunk.
   *
   * @return fails with {@link ChunkLost} where it is not there whole, with others where Redis is
   *     away
   */
  public Future<Buffer> get(ChunkedBody body, int number) {
    String name = name(entry, body.id(), number);
    return send(Request.cmd(Command.GET).arg(name))
        .map(
            found ->
                Optional.ofNullable(found)
                    .flatMap(there -> codec.readChunk(name, there.toBuffer()))
                    .filter(chunk -> isChunk(chunk, body, number))
                    .orElseThrow(() -> lost(name)));
  }

  private ChunkLost lost(String name) {
    observer.happened(Event.REDIS_UNREADABLE);
    return new ChunkLost(name);
  }

  private static boolean isChunk(Buffer chunk, ChunkedBody body, int number) {
    return chunk.length() == body.length(number) && checksum(chunk) == body.checksums().get(number);
  }

  /** CRC32C. */
  public static int checksum(Buffer chunk) {
    CRC32C crc = new CRC32C();
    ByteBuf bytes = ((BufferInternal) chunk).getByteBuf();
    for (java.nio.ByteBuffer part : bytes.nioBuffers()) {
      crc.update(part);
    }
    return (int) crc.getValue();
  }

  /**
   * Drops what was written of a body that gets no head.
   *
   * @param count how many chunks were
   */
  public void drop(UUID body, int count) {
    if (count > 0) {
      List<Object> names = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        names.add(name(entry, body, i));
      }
      send(drop(body, names));
    }
  }

  private Request drop(UUID body, List<Object> names) {
    if (allotted == null) {
      Request request = Request.cmd(Command.DEL);
      names.forEach(name -> request.arg(name.toString()));
      return request;
    }
    names.addAll(0, List.of(entry, allotted.name()));
    return ShareScripts.GIVE_UP.call(names, List.of(raw(body)));
  }

  /** What a chunk lies under. */
  static String name(String entry, UUID body, int number) {
    return entry + ":" + hex(body) + ":" + number;
  }

  static String hex(UUID body) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(body.getMostSignificantBits())
        + hex.toHexDigits(body.getLeastSignificantBits());
  }

  private Future<@Nullable Response> send(Request request) {
    return redis
        .send(request, ANSWER_MILLIS)
        .onFailure(
            failure ->
                observer.happened(
                    failure instanceof RedisAway
                        ? Event.REDIS_AWAY
                        : failure instanceof Response ? Event.REDIS_REFUSED : Event.REDIS_LATE));
  }
}
