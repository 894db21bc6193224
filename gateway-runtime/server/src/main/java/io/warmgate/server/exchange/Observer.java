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

  /**
   * A part took so long; of lookups in L1 only some are told.
   *
   * @param nanos of an upstream's part: to its answer's head
   */
  default void took(Part part, long nanos) {}

  /** Something happened that is counted. */
  default void happened(Event event) {}

  /** A model was asked for the exchange, and that has ended; the exchange may have, too. */
  default void inferred(Exchange exchange, Inference inference) {}

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

  /** What is counted beside requests. */
  enum Event {
    /** Redis was not asked, for want of a connection. */
    REDIS_AWAY,
    /** Redis did not answer in time. */
    REDIS_LATE,
    /** Redis answered with an error, as one that is full does. */
    REDIS_REFUSED,
    /**
     * What Redis gave is no entry of this format, or another key's; or of a large one a chunk is
     * not there, or not what was written.
     */
    REDIS_UNREADABLE,
    /** An answer left Redis, since its partition had more than its share. */
    REDIS_SHARE,
    /** The origin gave no answer to a fetch. */
    ORIGIN_FAILED,
    /** The origin answered a fetch with a 5xx. */
    ORIGIN_ERROR,
    /** A request was answered by a fetch that another request of this pod began. */
    JOINED_IN_POD,
    /** A fetch was spared by another pod's. */
    JOINED_POD
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
