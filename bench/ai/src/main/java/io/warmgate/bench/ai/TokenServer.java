package io.warmgate.bench.ai;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * A model that streams as OpenAI's Chat Completions do: the first token at once, the others at a
 * pace, as many as {@code max_tokens} asks for. Token {@code i} is {@code "i "}.
 */
public final class TokenServer {
  private final Vertx vertx;
  private final long millis;

  private TokenServer(Vertx vertx, long millis) {
    this.vertx = vertx;
    this.millis = millis;
  }

  /**
   * @param arguments address, port, milliseconds between two tokens
   */
  public static void main(String[] arguments) {
    Vertx vertx = Loops.one();
    TokenServer server = new TokenServer(vertx, Long.parseLong(arguments[2]));
    vertx
        .createHttpServer(new HttpServerOptions().setTcpNoDelay(true).setAcceptBacklog(4096))
        .requestHandler(server::answer)
        .listen(Integer.parseInt(arguments[1]), arguments[0])
        .await();
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            content -> {
              JsonObject asked = content.toJsonObject();
              long tokens = asked.getLong("max_tokens", asked.getLong("max_completion_tokens", 1L));
              JsonObject options = asked.getJsonObject("stream_options", new JsonObject());
              HttpServerResponse response = request.response().setChunked(true);
              response.putHeader("Content-Type", "text/event-stream");
              response.write(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null") + token(0));
              Runnable end = () -> response.end(ending(tokens, options));
              pace(response, tokens, end);
            });
  }

  private void pace(HttpServerResponse response, long tokens, Runnable end) {
    if (tokens == 1) {
      end.run();
      return;
    }
    long[] said = {1};
    vertx.setPeriodic(
        millis,
        timer -> {
          if (response.closed()) {
            vertx.cancelTimer(timer);
            return;
          }
          response.write(token(said[0]));
          if (++said[0] == tokens) {
            vertx.cancelTimer(timer);
            end.run();
          }
        });
  }

  private static String token(long number) {
    return chunk("{\"content\":\"" + number + " \"}", "null");
  }

  private static String ending(long tokens, JsonObject options) {
    String usage =
        options.getBoolean("include_usage", false)
            ? event(
                "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":"
                    + tokens
                    + ",\"total_tokens\":"
                    + (tokens + 9)
                    + "}")
            : "";
    return chunk("{}", "\"stop\"") + usage + "data: [DONE]\n\n";
  }

  private static String chunk(String delta, String reason) {
    return event(
        "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + reason + "}]");
  }

  private static String event(String rest) {
    return "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\","
        + "\"created\":1700000000,\"model\":\"gpt-4o-mini\","
        + rest
        + "}\n\n";
  }
}
