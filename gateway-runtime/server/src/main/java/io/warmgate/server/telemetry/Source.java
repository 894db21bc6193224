package io.warmgate.server.telemetry;

import io.warmgate.server.exchange.Exchange;

/** Who made an answer, as far as a label can say it. */
enum Source {
  /** A backend was asked for it. */
  BACKEND("backend"),
  /** No backend was asked, though one was chosen: from what is kept, or from another's fetch. */
  CACHE("cache"),
  /** A redirect, a preflight, a problem: no backend was chosen. */
  GATEWAY("gateway");

  private final String label;

  Source(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /**
   * @param reason the place of the exchange's reason in {@link ReasonIndex}
   */
  static Source of(Exchange exchange, int reason) {
    if (exchange.backend() == null || ReasonIndex.isProblem(reason)) {
      return exchange.tries() > 0 ? BACKEND : GATEWAY;
    }
    return exchange.tries() > 0 ? BACKEND : CACHE;
  }
}
