package io.warmgate.bench.ai;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Questions at a rate, as {@link Arrivals} come. A question's time counts from when it was due,
 * whether it could be sent then or not. An order is {@code {"host", "port", "path", "headers",
 * "body", "rate", "seconds", "connections"}}.
 */
public final class PlainLoad {
  /** In microseconds: ten seconds. */
  private static final long LONGEST = 10_000_000;

  private static final long UNCOUNTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Vertx vertx = Loops.one();

  private PlainLoad() {}

  /** Until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Orders.follow(new PlainLoad()::run);
    System.exit(0);
  }

  private Future<JsonObject> run(JsonObject order) {
    Promise<JsonObject> done = Promise.promise();
    vertx.getOrCreateContext().runOnContext(nothing -> new Run(order, done).arrivals.go());
    return done.future();
  }

  /** On the event loop alone. */
  private final class Run implements Asker.Answered {
    private final Promise<JsonObject> done;
    private final Histogram took = new Histogram(LONGEST, 3);
    private final Asker asker;
    private final Arrivals arrivals;
    private final long end;
    private boolean allAsked;
    private long asked;
    private long answered;
    private long bad;
    private String why = "";

    Run(JsonObject order, Promise<JsonObject> done) {
      this.done = done;
      EventLoop loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
      InetSocketAddress where =
          new InetSocketAddress(order.getString("host"), order.getInteger("port"));
      this.asker = new Asker(loop, where, question(order), order.getInteger("connections"), this);
      this.end = UNCOUNTED_NANOS + TimeUnit.SECONDS.toNanos(order.getInteger("seconds"));
      this.arrivals = new Arrivals(vertx, 1e9 / order.getDouble("rate"), this::isMore, this::ask);
    }

    private static FullHttpRequest question(JsonObject order) {
      ByteBuf body = Unpooled.copiedBuffer(order.getString("body"), StandardCharsets.UTF_8);
      FullHttpRequest question =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1, HttpMethod.POST, order.getString("path"), body);
      question
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
          .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
      for (Map.Entry<String, Object> field : order.getJsonObject("headers")) {
        question.headers().set(field.getKey(), field.getValue());
      }
      return question;
    }

    private boolean isMore(long due) {
      allAsked = due >= end;
      return !allAsked;
    }

    private void ask(long due) {
      asked++;
      asker.ask(due);
    }

    @Override
    public void status(long due, int status) {
      if (due >= UNCOUNTED_NANOS) {
        long nanos = System.nanoTime() - arrivals.began() - due;
        took.recordValue(Math.min(nanos / 1000, LONGEST));
      }
      if (status != 200) {
        bad("status " + status);
      }
      answered();
    }

    @Override
    public void failed(long due, Throwable cause) {
      bad(cause.toString());
      answered();
    }

    private void bad(String reason) {
      if (bad++ == 0) {
        why = reason;
      }
    }

    private void answered() {
      answered++;
      if (allAsked && answered == asked) {
        asker.close();
        done.complete(
            new JsonObject()
                .put("requests", asked)
                .put("micros", (System.nanoTime() - arrivals.began()) / 1000)
                .put("bad", bad)
                .put("why", why)
                .put("p50", took.getValueAtPercentile(50))
                .put("p99", took.getValueAtPercentile(99))
                .put("p999", took.getValueAtPercentile(99.9)));
      }
    }
  }
}
