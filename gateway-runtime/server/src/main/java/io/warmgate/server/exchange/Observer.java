package io.warmgate.server.exchange;

/**
 * Telemetry's seam: metrics, access log, spans. Called on the exchange's event loop; must not
 * block.
 */
public interface Observer {

  /** Sees nothing. */
  Observer NONE = exchange -> {};

  /**
   * The request has its route (or a problem); its answer has not begun. Starts the request span.
   */
  default void begun(Exchange exchange) {}

  /**
   * A part of the exchange begins.
   *
   * @return ended by its step; {@link Span#NONE} where the exchange is not sampled
   */
  default Span span(Exchange exchange, Part part) {
    return Span.NONE;
  }

  /** The answer was written, or broke off. Exactly once for an exchange. */
  void ended(Exchange exchange);

  /** What has a span of its own. */
  enum Part {
    L1,
    L2,
    WAIT,
    UPSTREAM,
    PURGE
  }

  /** A part under way. */
  interface Span {
    /** Not recorded. */
    Span NONE = outcome -> {};

    /**
     * @param outcome one stable word
     */
    void end(String outcome);

    /** {@code traceparent} of this span for the next hop; empty: the exchange's own is carried. */
    default String traceparent() {
      return "";
    }
  }
}
