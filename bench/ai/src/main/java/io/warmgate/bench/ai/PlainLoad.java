package io.warmgate.bench.ai;

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
import io.vertx.core.json.JsonObject;
import java.io.IOException;
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
  private final class Run {
    private final HttpClient client;
    private final RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST);
    private final Buffer body;
    private final Promise<JsonObject> done;
    private final Histogram took = new Histogram(LONGEST, 3);
    private final Arrivals arrivals;
    private final long end;
    private boolean allAsked;
    private long asked;
    private long answered;
    private long bad;
    private String why = "";

    Run(JsonObject order, Promise<JsonObject> done) {
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
      this.end = UNCOUNTED_NANOS + TimeUnit.SECONDS.toNanos(order.getInteger("seconds"));
      this.arrivals = new Arrivals(vertx, 1e9 / order.getDouble("rate"), this::isMore, this::ask);
    }

    private boolean isMore(long due) {
      allAsked = due >= end;
      return !allAsked;
    }

    private void ask(long due) {
      long dueAt = arrivals.began() + due;
      asked++;
      client
          .request(options)
          .compose(request -> request.send(body))
          .compose(response -> response.body().map(content -> status(response)))
          .onComplete(
              status -> {
                if (due >= UNCOUNTED_NANOS) {
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
      if (allAsked && answered == asked) {
        client.close().onFailure(failure -> bad(failure.toString()));
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
