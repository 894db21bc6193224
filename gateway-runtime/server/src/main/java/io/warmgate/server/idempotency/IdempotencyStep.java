package io.warmgate.server.idempotency;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.IdempotencyRule;
import io.warmgate.config.IdempotencyRule.OnUnavailable;
import io.warmgate.config.Rule;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.CacheStep;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.exchange.Reply;
import io.warmgate.server.idempotency.IdempotencyCounts.Outcome;
import java.util.Objects;

/**
 * Answers a request with a key that was there before by the answer of the first, and has only the
 * first go on: into the cache's step, and to the backend. Who asks, and within which limits, was
 * decided before.
 */
final class IdempotencyStep implements CacheStep {
  /** What the log and the metrics call a replay. */
  static final String REASON = "idempotent-replay";

  static final String REPLAYED = "Idempotency-Replayed";

  private final Vertx vertx;
  private final String prefix;
  private final Ledger ledger;
  private final IdempotencyCounts counts;
  private final CacheStep inside;

  /**
   * @param prefix of the gateway's keys in Redis
   */
  IdempotencyStep(
      Vertx vertx, String prefix, Ledger ledger, IdempotencyCounts counts, CacheStep inside) {
    this.vertx = vertx;
    this.prefix = prefix;
    this.ledger = ledger;
    this.counts = counts;
    this.inside = inside;
  }

  @Override
  public Future<Void> answer(Exchange exchange, Origin origin) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    IdempotencyRule asked = rule.idempotency();
    if (asked == null || !protects(asked, exchange.request().method().name())) {
      return inside.answer(exchange, origin);
    }
    return switch (KeyField.of(exchange.request().headers().getAll(asked.keyHeader()))) {
      case KeyField.Absent _ ->
          switch (asked.mode()) {
            case OPTIONAL -> inside.answer(exchange, origin);
            case REQUIRED -> refused(exchange, Outcome.MISSING, Problem.KEY_MISSING, 0);
          };
      case KeyField.Malformed _ -> refused(exchange, Outcome.MALFORMED, Problem.KEY_MALFORMED, 0);
      case KeyField.Key(String key) -> keyed(exchange, origin, asked, key);
    };
  }

  private static boolean protects(IdempotencyRule asked, String method) {
    return asked.methods().stream().anyMatch(one -> one.name().equals(method));
  }

  private Future<Void> keyed(Exchange exchange, Origin origin, IdempotencyRule asked, String key) {
    expectContent(exchange);
    return Content.read(exchange.originRequest().body(), asked.maxContentBytes())
        .compose(
            content -> {
              if (!content.isWhole()) {
                return refused(exchange, Outcome.TOO_LARGE, Problem.KEYED_BODY_TOO_LARGE, 0);
              }
              exchange.content(content::stream);
              return ledger
                  .reserve(asked(exchange, asked, key, content), asked.keepMillis())
                  .compose(found -> answer(exchange, origin, asked, found));
            });
  }

  /** RFC 9110 §10.1.1: the client waits for a 100 until its content is read here. */
  private static void expectContent(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
      request.headers().remove(HttpHeaderNames.EXPECT);
      request.response().writeContinue();
    }
  }

  private Asked asked(Exchange exchange, IdempotencyRule taken, String key, Content content) {
    HttpServerRequest request = exchange.request();
    MultiMap headers = request.headers();
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    return Asked.of(
        new Asked.Scope(
            prefix,
            Objects.requireNonNull(exchange.routeId(), "a route was matched"),
            rule.id(),
            Partition.of(
                exchange.caller(), headers, taken.keyHeader(), exchange.arrival().certificate())),
        key,
        request.method().name(),
        exchange.target(),
        headers,
        content.begin());
  }

  private Future<Void> answer(
      Exchange exchange, Origin origin, IdempotencyRule asked, Found found) {
    return switch (found) {
      case Found.First(Reservation reservation) ->
          first(exchange, origin, reservation, asked.maxContentBytes());
      case Found.Running _ -> refused(exchange, Outcome.IN_USE, Problem.KEY_IN_USE, 1);
      case Found.Unknown(int seconds) ->
          refused(exchange, Outcome.UNKNOWN, Problem.OUTCOME_UNKNOWN, seconds);
      case Found.Another _ -> refused(exchange, Outcome.REUSED, Problem.KEY_REUSED, 0);
      case Found.Ended(Kept kept) -> replay(exchange, kept);
      case Found.Unavailable _ -> {
        if (asked.onUnavailable() == OnUnavailable.ALLOW) {
          told(exchange, Outcome.UNPROTECTED);
          yield inside.answer(exchange, origin);
        }
        yield refused(exchange, Outcome.UNAVAILABLE, Problem.KEYS_UNAVAILABLE, 1);
      }
    };
  }

  private Future<Void> first(
      Exchange exchange, Origin origin, Reservation reservation, long maxBytes) {
    told(exchange, Outcome.FIRST);
    KeyedOrigin keyed = new KeyedOrigin(vertx, origin, exchange, reservation, maxBytes);
    Future<Void> answered;
    try {
      answered = inside.answer(exchange, keyed);
    } catch (RuntimeException e) {
      answered = Future.failedFuture(e);
    }
    return answered.onComplete(_ -> keyed.ended());
  }

  private Future<Void> replay(Exchange exchange, Kept kept) {
    return switch (kept) {
      case Kept.Answer answer -> {
        told(exchange, Outcome.REPLAYED);
        exchange.reason(REASON);
        Reply reply = exchange.reply();
        replayed(reply);
        reply.status(answer.status());
        answer.fields().forEach(field -> reply.headers().add(field.name(), field.value()));
        yield reply.end(answer.body());
      }
      case Kept.Failed(Problem problem) -> {
        told(exchange, Outcome.REPLAYED);
        replayed(exchange.reply());
        yield Future.failedFuture(new ProblemException(problem));
      }
      case Kept.TooLarge _ -> refused(exchange, Outcome.NOT_REPLAYABLE, Problem.NOT_REPLAYABLE, 0);
    };
  }

  private static void replayed(Reply reply) {
    reply.filter(told -> told.headers().set(REPLAYED, "true"));
  }

  private Future<Void> refused(Exchange exchange, Outcome outcome, Problem problem, int seconds) {
    told(exchange, outcome);
    return Future.failedFuture(new ProblemException(problem, seconds, null));
  }

  private void told(Exchange exchange, Outcome outcome) {
    counts.add(outcome);
    exchange.idempotency(outcome.label());
  }
}
