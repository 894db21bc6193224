package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.chat.Usage;
import io.warmgate.config.Model;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Reply;
import io.warmgate.server.exchange.Rewriting;
import io.warmgate.server.exchange.Saved;
import io.warmgate.server.exchange.Tokens;

/**
 * Finds out what a request did not spend, since the cache had its answer or another had asked for
 * it already. Confined to the exchange's event loop.
 */
final class Spared {
  private final Exchange exchange;
  private final Model model;
  private final long begun = System.nanoTime();
  private boolean asks;

  /** Of an answer that knows it, in microseconds. */
  private long micros = -1;

  /**
   * @param model that is asked where no answer is there
   */
  Spared(Exchange exchange, Model model) {
    this.exchange = exchange;
    this.model = model;
  }

  /** The same origin: what it answers is not spared. */
  Origin watching(Origin origin) {
    return request -> {
      asks = true;
      return origin.fetch(request);
    };
  }

  /** The same, and what is kept with an answer for the gateway alone is taken off. */
  Rewriting watching(Rewriting rewriting) {
    return new Watching(rewriting);
  }

  /**
   * An answer told what it took; another may have asked for it. How long that took who reads it
   * along knows by how long it took him.
   */
  void came(Usage usage) {
    if (!asks) {
      spared(Metering.tokens(usage), micros < 0 ? (System.nanoTime() - begun) / 1_000 : micros);
    }
  }

  private void spared(Tokens tokens, long time) {
    exchange.saved(new Saved(model, tokens, time));
  }

  private void taken(MultiMap headers, boolean isSpared) {
    String field = headers.get(UsageField.NAME);
    if (field != null) {
      headers.remove(UsageField.NAME);
      UsageField.Took took = UsageField.read(field);
      if (isSpared && took != null) {
        micros = took.micros();
        spared(took.tokens(), micros);
      }
    }
  }

  private final class Watching implements Rewriting {
    private final Rewriting rewriting;

    private Watching(Rewriting rewriting) {
      this.rewriting = rewriting;
    }

    /** Whole answers are the cache's, also where a model is asked for a newer one. */
    @Override
    public Buffer whole(Reply reply, Buffer body) {
      taken(reply.headers(), true);
      return rewriting.whole(reply, body);
    }

    @Override
    public Future<OriginResponse> coming(OriginResponse answer) {
      taken(answer.headers(), !asks);
      return rewriting.coming(answer);
    }
  }
}
