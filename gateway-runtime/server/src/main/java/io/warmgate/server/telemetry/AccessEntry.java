package io.warmgate.server.telemetry;

import io.warmgate.config.Consumer;
import io.warmgate.config.Model;
import io.warmgate.server.exchange.Arrival;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Saved;
import io.warmgate.server.exchange.Timings;
import org.jspecify.annotations.Nullable;

/**
 * What one line of the access log is made of, taken from the exchange on its event loop; written
 * elsewhere. No header field's value is in it but {@code User-Agent} and {@code Cache-Status}.
 *
 * @param revision that was served when the request ended
 * @param inferred null: no model was asked, and none spared
 * @param status 0 where the answer broke off before its head
 */
record AccessEntry(
    long startedAtMillis,
    Asked asked,
    Who who,
    Routed routed,
    long revision,
    int status,
    Why why,
    boolean broken,
    long bytes,
    Took took,
    @Nullable Inferred inferred,
    Handed handed,
    @Nullable String traceId) {

  /** What the client asked for. */
  record Asked(
      String listener,
      String client,
      String protocol,
      String method,
      String host,
      String path,
      @Nullable String query,
      @Nullable String userAgent) {}

  /**
   * Who asked.
   *
   * @param consumer null: none that is known
   * @param refused why its credential did not count; null: it did, or none was asked for
   */
  record Who(@Nullable String consumer, @Nullable String refused) {
    /** Nobody was asked who it is. */
    static final Who UNASKED = new Who(null, null);
  }

  /**
   * Where it went.
   *
   * @param release of the route; null where it has one alone
   */
  record Routed(
      @Nullable String route,
      @Nullable String release,
      @Nullable String rule,
      @Nullable String backend,
      @Nullable String generation,
      @Nullable String endpoint,
      int tries) {}

  /**
   * Why the answer is what it is.
   *
   * @param notStored why the origin's answer was not kept; null: it was, or there was none
   * @param overLimit names of the limits that it was above; null: of none
   * @param idempotency what its idempotency key came to; null: it has none that counts
   */
  record Why(
      String reason,
      @Nullable String notStored,
      @Nullable String cacheStatus,
      @Nullable String overLimit,
      @Nullable String idempotency) {}

  /**
   * Between pods of the gateway.
   *
   * @param to {@code address:port} of the pod that it was handed to; null: to none
   * @param by name of the pod that handed it over; null: none
   */
  record Handed(@Nullable String to, @Nullable String by) {}

  /** Nanoseconds; -1 where there was none. */
  record Took(long total, long beforeUpstream, long upstreamHead) {}

  /**
   * Of models. Tokens are -1, and the time is, where there are none.
   *
   * @param model {@code namespace/name}, and which of several
   * @param asked what the provider calls it, where clients may name any; null: as configured
   * @param key {@code secret/key} of the last call, where the model has several; null: it has not
   * @param input of the last call
   * @param output of the last call
   * @param saved by an answer that was there, or on its way
   * @param firstToken nanoseconds from the last call to its first words
   */
  record Inferred(
      String model,
      @Nullable String asked,
      @Nullable String key,
      long input,
      long output,
      long saved,
      long firstToken) {
    private static @Nullable String asked(Model model) {
      return model.asksAny() ? model.model() : null;
    }

    static @Nullable Inferred of(Exchange exchange) {
      Inference call = exchange.inference();
      Saved saved = exchange.saved();
      if (call == null) {
        return saved == null
            ? null
            : new Inferred(
                saved.model().label(),
                asked(saved.model()),
                null,
                -1,
                -1,
                saved.tokens().total(),
                -1);
      }
      return new Inferred(
          call.model().label(),
          asked(call.model()),
          call.key(),
          call.tokens().input(),
          call.tokens().output(),
          saved == null ? -1 : saved.tokens().total(),
          call.took().firstToken());
    }
  }

  static AccessEntry of(Exchange exchange, long revision, long total, @Nullable String traceId) {
    return new AccessEntry(
        exchange.timings().startedAtMillis(),
        asked(exchange),
        who(exchange),
        routed(exchange),
        revision,
        exchange.reply().begun() ? exchange.reply().status() : 0,
        new Why(
            exchange.reason(),
            exchange.notStored(),
            exchange.reply().headers().get("cache-status"),
            exchange.overLimit(),
            exchange.idempotency()),
        exchange.reply().broken(),
        exchange.reply().bytesWritten(),
        took(exchange.timings(), total),
        Inferred.of(exchange),
        handed(exchange),
        traceId);
  }

  private static Asked asked(Exchange exchange) {
    return new Asked(
        exchange.listener().name(),
        exchange.client().address(),
        exchange.arrival().version().alpnName(),
        exchange.request().method().name(),
        exchange.target().authority(),
        exchange.target().path(),
        exchange.target().query(),
        exchange.request().getHeader("user-agent"));
  }

  private static Who who(Exchange exchange) {
    Consumer consumer = exchange.caller().consumer();
    return consumer == null && exchange.refused() == null
        ? Who.UNASKED
        : new Who(consumer == null ? null : consumer.id(), exchange.refused());
  }

  private static Routed routed(Exchange exchange) {
    var rule = exchange.rule();
    var backend = exchange.backend();
    return new Routed(
        exchange.routeId(),
        exchange.release(),
        rule == null ? null : rule.id(),
        backend == null ? null : backend.backend(),
        backend == null ? null : backend.generation(),
        exchange.endpoint(),
        exchange.tries());
  }

  private static Handed handed(Exchange exchange) {
    Arrival.Handed by = exchange.arrival().handed();
    return new Handed(exchange.handedTo(), by == null ? null : by.pod());
  }

  private static Took took(Timings timings, long total) {
    long asked = timings.upstreamStarted();
    long head = timings.upstreamHead();
    return new Took(
        total,
        asked == 0 ? -1 : asked - timings.started(),
        asked == 0 || head == 0 ? -1 : head - asked);
  }
}
