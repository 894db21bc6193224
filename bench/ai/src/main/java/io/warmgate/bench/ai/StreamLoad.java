package io.warmgate.bench.ai;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Many streams at once, started as {@link Arrivals} come, from each server in turn. An order is
 * {@code {"streams": 500, "everyMicros": 4000, "tokens": 100, "limitSeconds": 60, "servers":
 * [{"host", "port", "prefix", "dialect", "headers"}]}}.
 */
public final class StreamLoad {
  private final Vertx vertx = Loops.one();
  private final HttpClient client =
      vertx.createHttpClient(
          new HttpClientOptions().setTcpNoDelay(true).setKeepAliveTimeout(600),
          new PoolOptions().setHttp1MaxSize(2_000));

  private StreamLoad() {}

  /** Until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Orders.follow(new StreamLoad()::run);
    System.exit(0);
  }

  private Future<JsonObject> run(JsonObject order) {
    Promise<JsonObject> done = Promise.promise();
    vertx.getOrCreateContext().runOnContext(nothing -> new Run(order, done).start());
    return done.future();
  }

  /** A server of an order, and what is heard of it. */
  private record Server(JsonObject said, Dialect dialect, Heard heard) {
    Server(JsonObject said) {
      this(said, Dialect.valueOf(said.getString("dialect")), new Heard());
    }
  }

  /** On the event loop alone. */
  private final class Run {
    private final int streams;
    private final int tokens;
    private final double everyNanos;
    private final long limitMillis;
    private final List<Server> servers = new ArrayList<>();
    private final Promise<JsonObject> done;
    private int started;
    private final Set<HttpClientRequest> running = new HashSet<>();
    private int open;
    private int most;

    Run(JsonObject order, Promise<JsonObject> done) {
      this.streams = order.getInteger("streams");
      this.tokens = order.getInteger("tokens");
      this.everyNanos = order.getLong("everyMicros") * 1e3;
      this.limitMillis = order.getLong("limitSeconds") * 1000;
      order.getJsonArray("servers").forEach(each -> servers.add(new Server((JsonObject) each)));
      this.done = done;
    }

    void start() {
      new Arrivals(
              vertx,
              everyNanos,
              due -> started < streams,
              due -> ask(servers.get(started++ % servers.size())))
          .go();
      long limit =
          vertx.setTimer(
              limitMillis, timer -> List.copyOf(running).forEach(HttpClientRequest::reset));
      done.future().onComplete(any -> vertx.cancelTimer(limit));
    }

    private void ask(Server server) {
      most = Math.max(most, ++open);
      RequestOptions options =
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setHost(server.said().getString("host"))
              .setPort(server.said().getInteger("port"))
              .setURI(server.said().getString("prefix") + server.dialect().path())
              .putHeader("Content-Type", "application/json");
      for (Map.Entry<String, Object> field :
          server.said().getJsonObject("headers", new JsonObject())) {
        options.putHeader(field.getKey(), (String) field.getValue());
      }
      Buffer content = content();
      client
          .request(options)
          .compose(
              request -> {
                running.add(request);
                long asked = System.nanoTime();
                return request
                    .send(content)
                    .compose(
                        response -> {
                          Listener listener =
                              new Listener(server.dialect(), asked, tokens, server.heard());
                          response.handler(listener::read);
                          return response
                              .end()
                              .onSuccess(nothing -> listener.end(response.statusCode()));
                        });
              })
          .onFailure(failure -> server.heard().broken(failure.toString()))
          .onComplete(any -> ended());
    }

    private Buffer content() {
      return new JsonObject()
          .put("model", "gpt-4o-mini")
          .put("max_tokens", tokens)
          .put("stream", true)
          .put(
              "messages",
              new JsonArray().add(new JsonObject().put("role", "user").put("content", "Count.")))
          .toBuffer();
    }

    private void ended() {
      open--;
      if (started == streams && open == 0) {
        JsonArray reports = new JsonArray();
        servers.forEach(server -> reports.add(server.heard().report()));
        done.complete(new JsonObject().put("most", most).put("servers", reports));
      }
    }
  }
}
