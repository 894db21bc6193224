package io.warmgate.server.warm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.warmgate.config.ConfigException;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.server.exchange.CacheStep;
import io.warmgate.server.exchange.Rehearsal;
import io.warmgate.server.exchange.Served;
import io.warmgate.server.routing.SideDraw;

/** One answer of a backend, read for its body: no cache is asked, and none keeps it. */
final class Reading {
  private final ReadOrder order;
  private final Promise<ReadReport> done = Promise.promise();
  private final Buffer body = Buffer.buffer();
  private boolean cut;

  private Reading(ReadOrder order) {
    this.order = order;
  }

  static Future<ReadReport> of(ReadOrder order, Served served, SideDraw draw, Vertx vertx) {
    Reading reading = new Reading(order);
    long timer =
        vertx.setTimer(
            order.timeoutMillis(),
            _ -> reading.done.tryComplete(ReadReport.failed("the order's time was over")));
    reading.done.future().onComplete(_ -> vertx.cancelTimer(timer));
    vertx.runOnContext(_ -> reading.begin(served, draw));
    return reading.done.future();
  }

  private void begin(Served served, SideDraw draw) {
    try {
      switch (Rehearsal.reading(order.request(), served, draw, this::take)) {
        case Rehearsal.Over over -> done.tryComplete(ReadReport.failed(over.text()));
        case Rehearsal.AtModel _ -> done.tryComplete(ReadReport.failed("its rule asks models"));
        case Rehearsal.AtCache at ->
            CacheStep.PASS
                .answer(at.exchange(), at.origin())
                .onComplete(
                    ended ->
                        done.tryComplete(
                            ended.succeeded()
                                ? ReadReport.of(
                                    at.exchange().reply().status(), body.getBytes(), cut)
                                : ReadReport.failed(String.valueOf(ended.cause().getMessage()))));
      }
    } catch (ConfigException wrong) {
      done.tryComplete(ReadReport.failed(String.valueOf(wrong.getMessage())));
    } catch (RuntimeException e) {
      done.tryFail(e);
    }
  }

  private void take(Buffer part) {
    int room = order.maxBytes() - body.length();
    cut |= part.length() > room;
    body.appendBuffer(part, 0, Math.min(room, part.length()));
  }
}
