package io.warmgate.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A client that takes what it is sent when it likes to. */
class StreamingTest {
  private static final Buffer CHUNK = Buffer.buffer(new byte[128 << 10]);

  private final ArrayDeque<Promise<Void>> writes = new ArrayDeque<>();
  private final Source source = new Source();
  private boolean queueFull;
  private Handler<Void> drained = _ -> {};

  private HttpServerResponse client() {
    return (HttpServerResponse)
        Proxy.newProxyInstance(
            HttpServerResponse.class.getClassLoader(),
            new Class<?>[] {HttpServerResponse.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "write" -> write();
                  case "writeQueueFull" -> queueFull;
                  case "drainHandler" -> {
                    drained = drainHandler(arguments);
                    yield self;
                  }
                  default -> self;
                });
  }

  private Future<Void> write() {
    Promise<Void> written = Promise.promise();
    writes.add(written);
    return written.future();
  }

  @SuppressWarnings("unchecked")
  private static Handler<Void> drainHandler(Object[] arguments) {
    return (Handler<Void>) arguments[0];
  }

  /** Writes are counted in bytes: sixteen of them are few for Vert.x, and may be megabytes. */
  @Test
  void noMoreIsAskedForWhileAClientHasNotTakenWhatWasWritten() {
    new Streaming(client(), source).run(false);
    assertThat(source.flows).isTrue();
    source.sends(Buffer.buffer("first"));
    assertThat(source.flows).as("a little may wait").isTrue();
    source.sends(CHUNK);
    assertThat(source.flows).isFalse();

    writes.remove().complete();
    assertThat(source.flows).as("the chunk waits still").isFalse();
    writes.remove().complete();
    assertThat(source.flows).isTrue();
  }

  @Test
  void aFullQueueHoldsItUpToo() {
    new Streaming(client(), source).run(false);
    queueFull = true;
    source.sends(Buffer.buffer("first"));
    writes.remove().complete();
    assertThat(source.flows).isFalse();
    queueFull = false;
    drained.handle(null);
    assertThat(source.flows).isTrue();
  }

  /** An origin's answer that notes whether it may flow. */
  private static final class Source implements OriginResponse, ReadStream<Buffer> {
    private Handler<Buffer> handler = _ -> {};
    private boolean flows;

    void sends(Buffer part) {
      handler.handle(part);
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public MultiMap headers() {
      return MultiMap.caseInsensitiveMultiMap();
    }

    @Override
    public ReadStream<Buffer> body() {
      return this;
    }

    @Override
    public MultiMap trailers() {
      return MultiMap.caseInsensitiveMultiMap();
    }

    @Override
    public void abort() {}

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> whenBroken) {
      return this;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> reader) {
      handler = reader == null ? _ -> {} : reader;
      return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
      flows = false;
      return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
      flows = true;
      return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
      return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> whenEnded) {
      return this;
    }
  }
}
