package io.warmgate.aisimulator.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.warmgate.aisimulator.exchange.Framing;
import io.warmgate.aisimulator.exchange.Script;
import io.warmgate.aisimulator.exchange.ServerEvent;
import java.util.concurrent.TimeUnit;

/** Plays a script: each event when its token is due, counted from the first. */
final class Playing {
  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Script script;
  private final Framing framing;
  private final int tokensPerSecond;
  private final Outcome outcome;
  private final long begun = System.nanoTime();
  private int next;
  private long tokens;

  /**
   * A script that has not begun.
   *
   * @param tokensPerSecond 0 for as fast as it goes
   */
  Playing(
      Vertx vertx,
      HttpServerResponse response,
      Script script,
      Framing framing,
      int tokensPerSecond,
      Outcome outcome) {
    this.vertx = vertx;
    this.response = response;
    this.script = script;
    this.framing = framing;
    this.tokensPerSecond = tokensPerSecond;
    this.outcome = outcome;
  }

  void play() {
    if (response.closed()) {
      return;
    }
    if (!response.headWritten()) {
      response.writeHead();
    }
    while (next < script.events().size()) {
      ServerEvent event = script.events().get(next);
      long wait = dueMillis(event);
      if (wait > 0) {
        vertx.setTimer(wait, fired -> play());
        return;
      }
      next++;
      tokens += event.tokens();
      response.write(Buffer.buffer(framing.frame(event)));
    }
    end();
  }

  private long dueMillis(ServerEvent event) {
    if (tokensPerSecond == 0 || event.tokens() == 0) {
      return 0;
    }
    long due = begun + TimeUnit.SECONDS.toNanos(tokens) / tokensPerSecond;
    return Math.ceilDiv(due - System.nanoTime(), 1_000_000L);
  }

  private void end() {
    switch (script.then()) {
      case END -> response.end().onSuccess(sent -> outcome.ended());
      case CUT -> {
        outcome.brokeOff();
        // An empty write is done when all before it is on its way.
        response.write("").onComplete(written -> Cutting.cut(response));
      }
      case STALL -> {}
    }
  }
}
