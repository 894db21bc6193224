package io.warmgate.aisimulator.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Script;
import io.warmgate.aisimulator.model.Breakage;
import org.jspecify.annotations.Nullable;

/** Sends one answer, when its model is ready to. */
final class Sending {
  private final Vertx vertx;
  private final HttpServerResponse response;

  Sending(Vertx vertx, HttpServerResponse response) {
    this.vertx = vertx;
    this.response = response;
  }

  void send(Answer answer) {
    answer.headers().forEach(response::putHeader);
    Outcome outcome = new Outcome(answer.by());
    response.closeHandler(gone -> outcome.brokeOff());
    response.exceptionHandler(broken -> outcome.brokeOff());
    switch (answer) {
      case Answer.Whole whole -> {
        response.setStatusCode(whole.status()).putHeader("content-type", "application/json");
        Buffer body = Buffer.buffer(whole.body().toString());
        after(firstTokenMillis(answer.by()), () -> whole(body, breakage(answer.by()), outcome));
      }
      case Answer.Streamed streamed -> {
        response
            .putHeader("content-type", streamed.framing().mediaType())
            .putHeader("cache-control", "no-cache")
            .setChunked(true);
        Script script = Script.of(streamed, breakage(answer.by()));
        int pace = answer.by() == null ? 0 : answer.by().behavior().tokensPerSecond();
        after(
            firstTokenMillis(answer.by()),
            () -> new Playing(vertx, response, script, streamed.framing(), pace, outcome).play());
      }
    }
  }

  private static int firstTokenMillis(Answer.@Nullable By by) {
    return by == null ? 0 : by.behavior().firstTokenMillis();
  }

  private static @Nullable Breakage breakage(Answer.@Nullable By by) {
    return by == null ? null : by.behavior().breakage();
  }

  private void after(int millis, Runnable action) {
    if (millis == 0) {
      action.run();
    } else {
      vertx.setTimer(
          millis,
          fired -> {
            if (!response.closed()) {
              action.run();
            }
          });
    }
  }

  /** A plain answer breaks off half-way, where it is to break off so. */
  private void whole(Buffer body, @Nullable Breakage breakage, Outcome outcome) {
    boolean cut = breakage != null && breakage.how() == Breakage.How.CUT;
    if (cut || (breakage != null && breakage.how() == Breakage.How.STALL)) {
      response.putHeader("content-length", Integer.toString(body.length()));
      response
          .write(body.slice(0, body.length() / 2))
          .onSuccess(
              written -> {
                if (cut) {
                  outcome.brokeOff();
                  Cutting.cut(response);
                }
              });
      return;
    }
    response.end(body).onSuccess(sent -> outcome.ended());
  }
}
