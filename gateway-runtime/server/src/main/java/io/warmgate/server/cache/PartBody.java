package io.warmgate.server.cache;

import io.vertx.core.buffer.Buffer;
import io.warmgate.server.exchange.OriginResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A 206's content on its way to those who read it, and as much of it as is kept. */
final class PartBody {
  private final OriginResponse response;
  private final SharedBody body;
  private final long size;
  private final List<Buffer> kept = new ArrayList<>();
  private long keptBytes;
  private long received;
  private boolean done;

  /**
   * @param size that the head announced, in bytes
   */
  PartBody(OriginResponse response, SharedBody body, long size) {
    this.response = response;
    this.body = body;
    this.size = size;
  }

  /**
   * Reads it once it flows.
   *
   * @param most bytes that are kept
   * @param keep is given them: all, when all came, or the first ones, when there are more than that
   * @param complete is called when all came, before the body ends
   * @param over is called when nobody can join any more
   */
  void read(long most, Consumer<byte[]> keep, Runnable complete, Runnable over) {
    response
        .body()
        .exceptionHandler(
            cause -> {
              over.run();
              body.fail(cause);
            })
        .endHandler(
            _ -> {
              over.run();
              if (received != size) {
                body.fail(new IllegalStateException(received + " bytes of " + size));
                return;
              }
              if (!response.hasExcess()) {
                finish(keep);
              }
              complete.run();
              body.end();
            })
        .handler(
            chunk -> {
              received += chunk.length();
              if (received > size) {
                over.run();
                response.abort();
                body.fail(new IllegalStateException("more than " + size + " bytes"));
                return;
              }
              if (keptBytes < most) {
                int taken = (int) Math.min(chunk.length(), most - keptBytes);
                kept.add(chunk.slice(0, taken));
                keptBytes += taken;
              }
              body.add(chunk);
              if (body.isOverLimit()) {
                over.run();
                leave(most, keep);
              }
            });
  }

  /** What nobody reads is read on only as long as it is kept. */
  private void leave(long most, Consumer<byte[]> keep) {
    if (keptBytes >= most) {
      finish(keep);
      if (body.isAlone()) {
        response.abort();
      }
    }
  }

  private void finish(Consumer<byte[]> keep) {
    if (!done) {
      done = true;
      byte[] bytes = new byte[(int) keptBytes];
      int at = 0;
      for (Buffer chunk : kept) {
        chunk.getBytes(bytes, at);
        at += chunk.length();
      }
      kept.clear();
      keep.accept(bytes);
    }
  }
}
