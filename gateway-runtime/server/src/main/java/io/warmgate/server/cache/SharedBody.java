package io.warmgate.server.cache;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that arrives once and is read by many, each at its own pace and on its own event loop.
 *
 * <p>Up to a limit it is kept whole: a slow reader holds up nobody, and a late one starts at the
 * beginning. Beyond the limit only what the slowest reader has not read yet is kept, and the source
 * is paused while that is more than the limit; nobody can join any more.
 */
final class SharedBody {

  /** Who reads; called on whatever thread a chunk came, must not block. */
  interface Reader {
    /** There is something new to read, or an end. */
    void wake();
  }

  /** What a reader finds at its place. */
  sealed interface Next {
    /** A part of the body. */
    record Chunk(Buffer bytes) implements Next {}

    /** Nothing yet; the reader will be woken. */
    enum Wait implements Next {
      WAIT
    }

    /** The body was read whole. */
    enum End implements Next {
      END
    }

    /** The body broke off. */
    record Broken(Throwable cause) implements Next {}
  }

  private final long limit;
  private final Runnable pause;
  private final Runnable resume;
  private final ArrayList<Buffer> chunks = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  /** Index of the first chunk that is kept. */
  private long first;

  private long keptBytes;
  private long totalBytes;
  private boolean overLimit;
  private boolean paused;
  private boolean ended;
  private @Nullable Throwable broken;

  /** A reader's place. */
  final class Place {
    private final Reader reader;
    private long at;

    private Place(Reader reader) {
      this.reader = reader;
    }

    /** Reads the next part, once. */
    Next next() {
      return SharedBody.this.next(this);
    }

    /** Reads no more. */
    void leave() {
      SharedBody.this.leave(this);
    }
  }

  /**
   * @param limit in bytes, of what is kept whole
   * @param pause stops the source; called on any thread
   * @param resume lets it go on
   */
  SharedBody(long limit, Runnable pause, Runnable resume) {
    this.limit = limit;
    this.pause = pause;
    this.resume = resume;
  }

  /** Reads from the beginning; null where the beginning is gone. */
  synchronized @Nullable Place join(Reader reader) {
    if (overLimit && first > 0) {
      return null;
    }
    Place place = new Place(reader);
    places.add(place);
    return place;
  }

  /** Whether nobody reads. */
  synchronized boolean isAlone() {
    return places.isEmpty();
  }

  /** Whether it is larger than what is kept whole. */
  synchronized boolean isOverLimit() {
    return overLimit;
  }

  /** The source's next part. */
  void add(Buffer chunk) {
    List<Place> wake;
    synchronized (this) {
      chunks.add(chunk);
      keptBytes += chunk.length();
      totalBytes += chunk.length();
      overLimit |= totalBytes > limit;
      if (overLimit) {
        dropRead();
      }
      wake = List.copyOf(places);
    }
    wake.forEach(place -> place.reader.wake());
  }

  /** The source ended. */
  void end() {
    finish(null);
  }

  /** The source broke off. */
  void fail(Throwable cause) {
    finish(cause);
  }

  /** What came so far, within the limit: the whole body, when the source has ended. */
  synchronized byte[] whole() {
    if (overLimit) {
      throw new IllegalStateException("the beginning of the body is gone");
    }
    byte[] bytes = new byte[Math.toIntExact(totalBytes)];
    int at = 0;
    for (Buffer chunk : chunks) {
      chunk.getBytes(bytes, at);
      at += chunk.length();
    }
    return bytes;
  }

  private void finish(@Nullable Throwable cause) {
    List<Place> wake;
    synchronized (this) {
      ended = true;
      broken = cause;
      wake = List.copyOf(places);
    }
    wake.forEach(place -> place.reader.wake());
  }

  private synchronized Next next(Place place) {
    long index = place.at - first;
    if (index < chunks.size()) {
      Buffer chunk = chunks.get((int) index);
      place.at++;
      if (overLimit) {
        dropRead();
      }
      return new Next.Chunk(chunk);
    }
    if (broken != null) {
      return new Next.Broken(broken);
    }
    return ended ? Next.End.END : Next.Wait.WAIT;
  }

  private synchronized void leave(Place place) {
    places.remove(place);
    if (overLimit) {
      dropRead();
    }
  }

  /** Drops what every reader has read, and paces the source by the slowest. */
  private void dropRead() {
    long slowest = Long.MAX_VALUE;
    for (Place place : places) {
      slowest = Math.min(slowest, place.at);
    }
    int read = (int) Math.min(chunks.size(), slowest - first);
    List<Buffer> gone = chunks.subList(0, read);
    gone.forEach(chunk -> keptBytes -= chunk.length());
    gone.clear();
    first += read;
    boolean full = keptBytes > limit && !places.isEmpty();
    if (full != paused) {
      paused = full;
      (full ? pause : resume).run();
    }
  }
}
