package io.warmgate.server.limit;

import io.netty.util.AsciiString;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Limit;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.LimitStep;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.limit.Allowance.Taken;
import io.warmgate.server.limit.LimitCounts.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request's way through its limits: all of those that are counted at the same time admit it, or
 * none counts it. Confined to the request's event loop.
 */
final class Passage implements LimitStep.Turn {
  /** So often Redis is asked; who got nothing by then, since others were faster, is refused. */
  private static final int MAX_ASKED = 50;

  private static final AsciiString[] NOTHING = {};

  private final Limits limits;
  private final Exchange exchange;
  private final RateLimitFields fields;
  private final Gate[] gates;

  /** Null: no limit is of what models take. */
  private final @Nullable Spending spending;

  private final long begunAt;

  /** Which of them were asked, by {@link RateLimitFields#bit}. */
  private int asked;

  private boolean passed;
  private boolean ended;

  /**
   * @param now {@link System#nanoTime()}
   */
  Passage(
      Limits limits, Exchange exchange, Limits.Held held, @Nullable BackendRef backend, long now) {
    this.limits = limits;
    this.exchange = exchange;
    this.fields = held.fields();
    this.begunAt = now;
    List<CompiledLimit> all = held.limits();
    this.gates = new Gate[all.size()];
    for (int i = 0; i < gates.length; i++) {
      CompiledLimit limit = all.get(i);
      gates[i] = new Gate(limit, limits.allowance(limit, exchange, backend, now));
    }
    this.spending =
        held.spends()
            ? new Spending(
                limits, exchange, backend, Stream.of(gates).filter(Gate::isOfModels).toList())
            : null;
    exchange.reply().last(this::told);
  }

  @Override
  public @Nullable Future<Void> admitted() {
    // Called as soon as it was begun.
    return pass(Limit.Hits.COUNTED, 0, begunAt);
  }

  @Override
  public @Nullable Future<Void> toBackend() {
    return toBackend(null);
  }

  /**
   * @param items of the question that are asked; null: all of it
   */
  @Nullable Future<Void> toBackend(@Nullable List<Integer> items) {
    if (passed) {
      return null;
    }
    if (spending != null) {
      spending.expect(items);
    }
    return pass(Limit.Hits.FREE, 0, System.nanoTime());
  }

  @Override
  public Origin before(Origin origin) {
    for (Gate gate : gates) {
      if (gate.is(Limit.Hits.FREE)) {
        Origin limited = new LimitedOrigin(origin, exchange, this);
        return spending == null ? limited : new SpendingOrigin(limited, exchange, spending);
      }
    }
    return origin;
  }

  /**
   * What is asked without having been counted is for the cache, and nobody's. To be told what a
   * model is takes none of it.
   */
  @Override
  public Origin calling(Origin model) {
    Spending spends = spending;
    return spends == null
        ? model
        : request -> {
          OriginCall call = model.fetch(request);
          if (passed && !request.method().equals(HttpMethod.GET)) {
            spends.asked();
          }
          return call;
        };
  }

  @Override
  public void inferred(Inference inference) {
    if (spending != null && passed) {
      spending.took(inference);
      spending.end();
    }
  }

  /** Null: it is through. */
  private @Nullable Future<Void> pass(Limit.Hits hits, int tries, long now) {
    asked |= RateLimitFields.bit(hits);
    List<Gate> unknown = null;
    boolean refused = false;
    for (Gate gate : gates) {
      if (gate.is(hits)) {
        Taken taken = gate.take(now);
        if (taken == Taken.UNKNOWN && tries >= MAX_ASKED) {
          taken = Taken.REFUSED;
          gate.taken(taken);
        }
        if (taken == Taken.UNKNOWN) {
          unknown = unknown == null ? new ArrayList<>(gates.length) : unknown;
          unknown.add(gate);
        } else if (taken == Taken.ALONE) {
          limits.watch(gate.allowance());
        }
        refused |= taken == Taken.REFUSED && gate.enforces();
      }
    }
    if (refused) {
      throw refuse(hits, now);
    }
    if (unknown == null) {
      through(hits);
      return null;
    }
    putBack(hits, now);
    return limits
        .ask(unknown)
        .compose(
            _ -> {
              Future<Void> again = pass(hits, tries + 1, System.nanoTime());
              return again == null ? Future.succeededFuture() : again;
            });
  }

  private void putBack(Limit.Hits hits, long now) {
    for (Gate gate : gates) {
      if (gate.is(hits)) {
        if (gate.holds()) {
          gate.allowance().putBack(gate, gate.need(), now);
        }
        gate.taken(gate.taken() == Taken.REFUSED ? Taken.REFUSED : null);
      }
    }
  }

  private void through(Limit.Hits hits) {
    passed |= hits == Limit.Hits.FREE;
    if (ended) {
      // The client went away while it was asked for; what is asked for it goes on for the cache.
      release(hits);
    }
    for (Gate gate : gates) {
      if (gate.is(hits)) {
        Limit limit = gate.limit();
        if (gate.holds()) {
          limits.counts().add(limit.name(), Outcome.ADMITTED);
        } else {
          limits.counts().add(limit.name(), Outcome.SHADOWED);
          exchange.over(limit.name());
        }
      }
    }
  }

  private ProblemException refuse(Limit.Hits hits, long now) {
    putBack(hits, now);
    List<String> names = new ArrayList<>(1);
    long wait = 1;
    for (Gate gate : gates) {
      if (gate.is(hits) && gate.taken() == Taken.REFUSED) {
        Limit limit = gate.limit();
        exchange.over(limit.name());
        limits.counts().add(limit.name(), gate.enforces() ? Outcome.REFUSED : Outcome.SHADOWED);
        if (gate.enforces()) {
          names.add(limit.name());
          wait = Math.max(wait, seconds(gate.allowance().moreMillis(now)));
        }
      }
    }
    return ProblemException.limited(names, (int) Math.min(Integer.MAX_VALUE, wait));
  }

  private static long seconds(long millis) {
    return Math.ceilDiv(millis, 1_000);
  }

  /** On answers of every status: draft httpapi-ratelimit-headers-10 §4. */
  private AsciiString[] told() {
    AsciiString policies = fields.policies(asked);
    if (policies.isEmpty()) {
      return NOTHING;
    }
    StringBuilder left = new StringBuilder(64);
    long now = System.nanoTime();
    for (int i = 0; i < gates.length; i++) {
      Gate gate = gates[i];
      if ((RateLimitFields.bit(gate.limit().hits()) & asked) != 0 && gate.enforces()) {
        RateLimitFields.append(
            left.isEmpty() ? left : left.append(", "),
            fields.item(i),
            gate.taken() == Taken.REFUSED
                ? 0
                : RateLimitFields.told(gate.limit(), gate.allowance().remaining()),
            seconds(gate.allowance().moreMillis(now)));
      }
    }
    return RateLimitFields.of(policies, left);
  }

  @Override
  public void ended() {
    ended = true;
    release(Limit.Hits.COUNTED);
    release(Limit.Hits.FREE);
  }

  private void release(Limit.Hits hits) {
    for (Gate gate : gates) {
      if (gate.is(hits) && gate.holds()) {
        switch (gate.limit().unit()) {
          // What models take is settled where they are asked, which may go on for the cache.
          case REQUESTS, TOKENS, COST -> {}
          case CONCURRENCY -> {
            gate.allowance().ended(0, System.nanoTime());
            limits.tellSoon(gate.allowance());
          }
          case BYTES -> {
            // One was taken when it was admitted.
            gate.allowance().ended(bytes() - 1, System.nanoTime());
            limits.watch(gate.allowance());
          }
        }
      }
    }
  }

  private long bytes() {
    return exchange.request().bytesRead() + exchange.reply().bytesWritten();
  }
}
