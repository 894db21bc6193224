package io.warmgate.server.exchange;

import io.vertx.core.Future;
import io.warmgate.config.GatewayConfig;
import org.jspecify.annotations.Nullable;

/** Other pods of the gateway that answer some of what comes to this one, before it is routed. */
@FunctionalInterface
public interface Elsewhere {

  /** An exchange's reason where another pod answered; it is counted there. */
  String REASON = "handed-over";

  /** What a configuration comes to in this pod. */
  @FunctionalInterface
  interface Maker {
    /** Every pod answers what comes to it. */
    Maker NONE = _ -> null;

    /**
     * @return null: this pod answers everything that comes to it
     * @throws io.warmgate.config.ConfigException where it cannot be compiled
     */
    @Nullable Elsewhere of(GatewayConfig config);
  }

  /** What came of it. */
  enum Outcome {
    /** The client has its answer. */
    ANSWERED,
    /** No other pod has begun to answer, nor will; nothing of the content was read. */
    NOT_TAKEN
  }

  /**
   * @return null: this pod answers. Fails as {@link CacheStep#answer} does
   */
  @Nullable Future<Outcome> answer(Exchange exchange);
}
