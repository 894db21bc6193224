package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.server.cache.store.ChunkShelf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes a body to Redis in chunks while it arrives. The first chunk that Redis does not take ends
 * it, and what was written is dropped. Confined to one event loop.
 */
final class ChunkWriter {
  /** So many chunks are on their way to Redis at once; more wait. */
  private static final int UNDER_WAY = 8;

  private final ChunkShelf shelf;
  private final Runnable changed;
  private final UUID id = UUID.randomUUID();
  private final List<Integer> checksums = new ArrayList<>();
  private final ArrayDeque<Buffer> waiting = new ArrayDeque<>();
  private final Promise<ChunkedBody> written = Promise.promise();
  private Buffer begun = Buffer.buffer();
  private int length;
  private int sent;
  private int underWay;
  private boolean ended;
  private boolean givenUp;

  /**
   * @param changed called where {@link #isFull} or {@link #isGivenUp} may have
   */
  ChunkWriter(ChunkShelf shelf, Runnable changed) {
    this.shelf = shelf;
    this.changed = changed;
  }

  /** The body's next part. */
  void add(Buffer part) {
    int at = 0;
    while (!givenUp && at < part.length()) {
      if (begun.length() == 0 && part.length() - at >= ChunkShelf.CHUNK) {
        chunk(part.slice(at, at + ChunkShelf.CHUNK));
        at += ChunkShelf.CHUNK;
        continue;
      }
      int more = Math.min(part.length() - at, ChunkShelf.CHUNK - begun.length());
      begun.appendBuffer(part, at, more);
      at += more;
      if (begun.length() == ChunkShelf.CHUNK) {
        Buffer whole = begun;
        begun = Buffer.buffer();
        chunk(whole);
      }
    }
  }

  private void chunk(Buffer chunk) {
    checksums.add(ChunkShelf.checksum(chunk));
    length += chunk.length();
    waiting.add(chunk);
    send();
  }

  private void send() {
    while (!givenUp && underWay < UNDER_WAY && !waiting.isEmpty()) {
      underWay++;
      shelf.put(id, sent++, waiting.remove().getBytes()).onComplete(_ -> taken(), _ -> giveUp());
    }
  }

  private void taken() {
    underWay--;
    send();
    finish();
    changed.run();
  }

  private void finish() {
    if (ended && !givenUp && underWay == 0 && waiting.isEmpty()) {
      written.tryComplete(new ChunkedBody(id, ChunkShelf.CHUNK, length, checksums));
    }
  }

  /** Whether Redis is behind. */
  boolean isFull() {
    return !givenUp && !waiting.isEmpty();
  }

  boolean isGivenUp() {
    return givenUp;
  }

  /**
   * The body is whole.
   *
   * @return once all of it is in Redis; fails where it was given up
   */
  Future<ChunkedBody> end() {
    if (begun.length() > 0 && !givenUp) {
      chunk(begun);
      begun = Buffer.buffer();
    }
    ended = true;
    finish();
    return written.future();
  }

  /** Nothing of it is kept. */
  void giveUp() {
    if (!givenUp) {
      givenUp = true;
      waiting.clear();
      begun = Buffer.buffer();
      shelf.drop(id, sent);
      written.tryFail("not all of it is in Redis");
      changed.run();
    }
  }

  /** As {@link #giveUp}, of a body that was written and whose head was not. */
  void drop() {
    shelf.drop(id, sent);
  }
}
