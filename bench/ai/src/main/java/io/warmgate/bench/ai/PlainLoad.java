package io.warmgate.bench.ai;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Questions at a rate, as many clients that know nothing of each other ask them: the time between
 * two is exponentially distributed, to the microsecond. A question's time counts from when it was
 * due, whether it could be sent then or not. An order is a line of JSON on the standard input, what
 * came of it one on the standard output: {@code {"host", "port", "path", "headers", "body", "rate",
 * "seconds", "connections"}}.
 */
public final class PlainLoad {
  /** In microseconds: ten seconds. */
  private static final long LONGEST = 10_000_000;

  private static final long SEED = 20_260_801;
  private static final long UNCOUNTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Vertx vertx = Loops.one();

  private PlainLoad() {}

  /** Until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    PlainLoad load = new PlainLoad();
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      System.out.println(load.run(new JsonObject(line)).await().encode());
    }
    System.exit(0);
  }

  private Future<JsonObject> run(JsonObject order) {
    Promise<JsonObject> done = Promise.promise();
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    context.runOnContext(nothing -> new Run(order, context.nettyEventLoop(), done).next());
    return done.future();
  }

  /** On the event loop alone. */
  private final class Run {
    private final HttpClient client;
    private final RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST);
    private final Buffer body;
    private final double meanNanos;
    private final EventLoop loop;
    private final Promise<JsonObject> done;
    private final Histogram took = new Histogram(LONGEST, 3);
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final long began = System.nanoTime();
    private final long end;
    private double due;
    private long asked;
    private long answered;
    private long bad;
    private String why = "";

    Run(JsonObject order, EventLoop loop, Promise<JsonObject> done) {
      this.loop = loop;
      this.done = done;
      this.client =
          vertx.createHttpClient(
              new HttpClientOptions().setTcpNoDelay(true).setKeepAliveTimeout(600),
              new PoolOptions().setHttp1MaxSize(order.getInteger("connections")));
      options
          .setHost(order.getString("host"))
          .setPort(order.getInteger("port"))
          .setURI(order.getString("path"))
          .putHeader("Content-Type", "application/json");
      for (Map.Entry<String, Object> field : order.getJsonObject("headers")) {
        options.putHeader(field.getKey(), (String) field.getValue());
      }
      this.body = Buffer.buffer(order.getString("body"));
      this.meanNanos = 1e9 / order.getDouble("rate");
      this.end = UNCOUNTED_NANOS + TimeUnit.SECONDS.toNanos(order.getInteger("seconds"));
    }

    void next() {
      long now = System.nanoTime() - began;
      while (due <= now && due < end) {
        ask(began + (long) due);
        due -= meanNanos * Math.log(1 - random.nextDouble());
      }
      if (due < end) {
        var _ = loop.schedule(this::next, Math.max(0, (long) due - now), TimeUnit.NANOSECONDS);
      }
    }

    private void ask(long dueAt) {
      asked++;
      client
          .request(options)
          .compose(request -> request.send(body))
          .compose(response -> response.body().map(content -> status(response)))
          .onComplete(
              status -> {
                if (dueAt - began >= UNCOUNTED_NANOS) {
                  took.recordValue(Math.min((System.nanoTime() - dueAt) / 1000, LONGEST));
                }
                if (status != 200) {
                  bad("status " + status);
                }
                answered();
              },
              failure -> {
                bad(failure.toString());
                answered();
              });
    }

    private static int status(HttpClientResponse response) {
      return response.statusCode();
    }

    private void bad(String reason) {
      if (bad++ == 0) {
        why = reason;
      }
    }

    private void answered() {
      answered++;
      if (due >= end && answered == asked) {
        client.close().onFailure(failure -> bad(failure.toString()));
        done.complete(
            new JsonObject()
                .put("requests", asked)
                .put("micros", (System.nanoTime() - began) / 1000)
                .put("bad", bad)
                .put("why", why)
                .put("p50", took.getValueAtPercentile(50))
                .put("p99", took.getValueAtPercentile(99))
                .put("p999", took.getValueAtPercentile(99.9)));
      }
    }
  }
}
