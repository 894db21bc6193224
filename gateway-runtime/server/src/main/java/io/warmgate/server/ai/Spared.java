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
  private boolean asks;

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

  /** An answer told what it took; another may have asked for it. */
  void came(Usage usage) {
    if (!asks) {
      spared(Metering.tokens(usage));
    }
  }

  private void spared(Tokens tokens) {
    exchange.saved(new Saved(model, tokens));
  }

  private void taken(MultiMap headers, boolean isSpared) {
    String field = headers.get(UsageField.NAME);
    if (field != null) {
      headers.remove(UsageField.NAME);
      Tokens tokens = UsageField.read(field);
      if (isSpared && tokens != null && tokens.total() > 0) {
        spared(tokens);
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
