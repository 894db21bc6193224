package io.warmgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.server.cache.ChunkStream.ByteSpan;
import io.warmgate.server.exchange.OriginResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A body of ten chunks of three bytes, {@code 000111222...}, the last one shorter. */
class ChunkStreamTest {
  private static final String BODY = "0001112223334445556667778889";
  private static final ChunkedBody CHUNKED =
      new ChunkedBody(new UUID(1, 2), 3, 28, List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
  private final List<Promise<Buffer>> asked = new ArrayList<>();
  private final StringBuilder read = new StringBuilder();
  private final StringBuilder copied = new StringBuilder();
  private String end = "";
  private String rest = "nobody has it";
  private int restFrom = -1;

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void on(Runnable action) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(
        _ -> {
          try {
            action.run();
            done.complete(null);
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        });
    done.get(10, TimeUnit.SECONDS);
  }

  private ChunkStream stream(int first, int last) {
    ChunkStream stream =
        new ChunkStream(
            context,
            CHUNKED,
            new ByteSpan(first, last),
            _ -> {
              Promise<Buffer> promise = Promise.promise();
              asked.add(promise);
              return promise.future();
            },
            (_, from) -> {
              restFrom = from;
              return rest.startsWith("nobody")
                  ? Future.failedFuture(rest)
                  : Future.succeededFuture(
                      new Follow(new Content(Buffer.buffer(rest), null).stream()));
            });
    stream.also(part -> copied.append(part.toString()));
    stream.handler(part -> read.append(part.toString()));
    stream.endHandler(_ -> end += "end");
    stream.exceptionHandler(cause -> end += cause.getMessage());
    return stream;
  }

  private void arrives(int chunk) {
    int from = 3 * chunk;
    asked
        .get(asked.size() > chunk ? chunk : asked.size() - 1)
        .complete(Buffer.buffer(BODY.substring(from, Math.min(28, from + 3))));
  }

  @Test
  void noMoreIsAskedForThanTheWindowUntilTheReaderTakes() throws Exception {
    on(
        () -> {
          ChunkStream stream = stream(0, 27);
          stream.first();
          assertThat(asked).hasSize(ChunkStream.AHEAD);
          for (int i = 0; i < ChunkStream.AHEAD; i++) {
            arrives(i);
          }
          assertThat(asked).as("nobody reads").hasSize(ChunkStream.AHEAD);
          stream.fetch(1);
          assertThat(read).hasToString("000");
          stream.fetch(1);
          assertThat(read).hasToString("000111");
          assertThat(asked).hasSize(ChunkStream.AHEAD + 1);
          stream.resume();
          stream.pause();
          arrives(2);
          assertThat(read).hasToString("000111");
          stream.resume();
          for (int i = 3; i < 10; i++) {
            arrives(i);
          }
          assertThat(read).hasToString(BODY);
          assertThat(copied).hasToString(BODY);
          assertThat(end).isEqualTo("end");
        });
  }

  @Test
  void chunksThatArriveInAnotherOrderAreReadInTheirs() throws Exception {
    on(
        () -> {
          ChunkStream stream = stream(0, 5);
          stream.resume();
          arrives(1);
          assertThat(read).isEmpty();
          arrives(0);
          assertThat(read).hasToString("000111");
          assertThat(end).isEqualTo("end");
        });
  }

  @Test
  void ofAPartOnlyItsChunksAreAskedFor() throws Exception {
    on(
        () -> {
          ChunkStream stream = stream(4, 6);
          stream.resume();
          asked.get(0).complete(Buffer.buffer("111"));
          asked.get(1).complete(Buffer.buffer("222"));
          assertThat(read).hasToString("112");
          assertThat(asked).hasSize(2);
          assertThat(end).isEqualTo("end");
        });
  }

  @Test
  void afterALostChunkTheRestComesFromElsewhere() throws Exception {
    rest = BODY.substring(3);
    on(
        () -> {
          ChunkStream stream = stream(0, 27);
          stream.resume();
          arrives(0);
          asked.get(1).fail("lost");
        });
    on(
        () -> {
          assertThat(restFrom).isEqualTo(3);
          assertThat(read).hasToString(BODY);
          assertThat(copied).as("not copied").hasToString("000");
          assertThat(end).isEqualTo("end");
        });
  }

  @Test
  void whereNobodyHasTheRestItBreaksOffOnce() throws Exception {
    on(
        () -> {
          ChunkStream stream = stream(0, 27);
          stream.resume();
          arrives(0);
          asked.get(1).fail("lost");
        });
    on(
        () -> {
          asked.get(2).fail("lost too");
          assertThat(read).hasToString("000");
          assertThat(end).isEqualTo("nobody has it");
        });
  }

  @Test
  void aRestOfAnotherLengthIsNotPassedOffAsTheEnd() throws Exception {
    rest = "1112";
    on(
        () -> {
          ChunkStream stream = stream(0, 27);
          stream.resume();
          arrives(0);
          asked.get(1).fail("lost");
        });
    on(() -> assertThat(end).contains("another length"));
  }

  @Test
  void whoLeavesHearsNothingMore() throws Exception {
    on(
        () -> {
          ChunkStream stream = stream(0, 27);
          stream.resume();
          arrives(0);
          stream.leave();
          arrives(1);
          asked.get(2).fail("lost");
          assertThat(read).hasToString("000");
          assertThat(asked).hasSize(3);
          assertThat(end).isEmpty();
          assertThat(restFrom).isEqualTo(-1);
        });
  }

  /** The origin's answer to a range. */
  private record Follow(ReadStream<Buffer> body) implements OriginResponse {
    @Override
    public int status() {
      return 206;
    }

    @Override
    public MultiMap headers() {
      return MultiMap.caseInsensitiveMultiMap();
    }

    @Override
    public MultiMap trailers() {
      return MultiMap.caseInsensitiveMultiMap();
    }

    @Override
    public void abort() {}
  }
}
